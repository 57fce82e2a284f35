import { featuresFor } from './roles.ts';
import type { Problem } from './run.ts';

/** The managed identity lacks app roles; every request would be refused. */
export function missingPermission(roles: readonly string[]): Problem {
  return {
    code: 'missingPermission',
    title: 'The managed identity lacks a Microsoft Graph permission',
    detail:
      `Grant the app's managed identity the Microsoft Graph application permission ` +
      `${roles.join(' and ')}, then start a new run.${grantCommand(roles)} A token that was ` +
      `issued before keeps its old permissions for up to a day; restarting the app does not always ` +
      `shorten that.`,
  };
}

/** For a privileged administrator; `$IDENTITY` is the object id of the managed identity. */
function grantCommand(roles: readonly string[]): string {
  const features = featuresFor(roles);
  if (features.length === 0) return '';
  return (
    ' With IDENTITY set to the object id of the managed identity: npx fleet-sync permissions grant ' +
    `--principal $IDENTITY --features ${features.join(',')} . Outside the public cloud add --cloud ` +
    'with the value of GRAPH_CLOUD.'
  );
}

/** 401 even with a new token: Graph does not accept this identity at all. */
export function unauthorized(): Problem {
  return {
    code: 'unauthorized',
    title: 'Microsoft Graph does not accept the managed identity',
    detail:
      'Graph answered 401, also to a renewed token. Check that the tenant has an active Intune ' +
      'licence and that the app runs with the managed identity that was granted the permissions ' +
      '(AZURE_CLIENT_ID for a user-assigned one).',
  };
}

/**
 * Intune's Multi Admin Approval holds back what the app sends. By Microsoft's list it does so for
 * wipe, retire and delete alone, so the policy is not the ordinary one
 * (learn.microsoft.com/intune/intune-service/fundamentals/multi-admin-approval).
 */
export function approvalRequired(): Problem {
  return {
    code: 'approvalRequired',
    title: 'Multi Admin Approval holds back what the app sends',
    detail:
      "Intune's Multi Admin Approval refused the command until a second administrator approves. " +
      'It is meant to protect wipe, retire and delete, and sync is none of them: in the Intune admin ' +
      'center, Tenant administration, Multi Admin Approval, find the access policy that covers ' +
      'more and narrow it, then start a new run. Excluding the managed identity would let it through ' +
      'as well, but whoever gets hold of its token could then wipe, retire and delete devices without ' +
      'anybody else.',
  };
}

/** The messages of a new run could not be sent. */
export function notStarted(): Problem {
  return {
    code: 'notStarted',
    title: 'The run could not be started',
    detail:
      'Its messages could not be put on the queue. Start a new run when storage answers again.',
  };
}

/** The fleet could not be listed to its end, so nothing was sent. */
export function listingFailed(why: string): Problem {
  return {
    code: 'listingFailed',
    title: 'The devices could not be listed to the end',
    detail:
      `${why} Nothing was sent: a part of the fleet is never passed off as the fleet. Start a new ` +
      'run when Microsoft Graph answers again.',
  };
}

/** What Intune knows of failed app installs could not be read; it is an extra of the report. */
export function appInstallsUnread(why: string): Problem {
  return {
    code: 'appInstallsUnread',
    title: 'Failed app installs could not be read to the end',
    detail: `${why} The run itself is not affected; the next one reads them again.`,
  };
}

/** Planning failed again and again for a reason of the app's own. */
export function planningFailed(): Problem {
  return {
    code: 'planningFailed',
    title: 'The run could not be planned',
    detail:
      'Planning failed five times in a row and nothing was sent. The exceptions of planRun in ' +
      'Application Insights say why.',
  };
}

/** The run was still open at its deadline. */
export function deadlineExceeded(): Problem {
  return {
    code: 'deadlineExceeded',
    title: 'The run was still open at its deadline',
    detail:
      'It was closed with what had been sent; the other devices are reported as unknown. Raise ' +
      'SYNC_RUN_DEADLINE_HOURS if the fleet needs longer than that.',
  };
}

/** The plan is larger than was allowed. */
export function tooManyDevices(devices: number, limit: number): Problem {
  return {
    code: 'tooManyDevices',
    title: 'The plan is larger than allowed',
    detail:
      `It has ${devices} devices, and at most ${limit} were allowed (maxDevices, ` +
      'SYNC_MAX_DEVICES). Nothing was sent. Narrow the scope, or allow more.',
  };
}

/** Ids of a strict scope that no device has. */
export function unknownDevices(ids: readonly string[]): Problem {
  const named = ids.slice(0, 10).join(', ');
  const more = ids.length > 10 ? ` and ${ids.length - 10} more` : '';
  return {
    code: 'unknownDevices',
    title: 'The scope names devices that do not exist',
    detail: `Intune has no device ${named}${more}. Nothing was sent, since the run is strict.`,
  };
}

/** A group of the scope does not exist. */
export function unknownGroup(id: string): Problem {
  return {
    code: 'unknownGroup',
    title: 'The scope names a group that does not exist',
    detail: `Entra ID has no group ${id}. Nothing was sent. Check the object id of the group.`,
  };
}

/** Devices of a strict scope to which the command of the run cannot be sent. */
export function unsupportedDevices(
  devices: readonly { readonly id: string; readonly reason: string }[],
): Problem {
  const named = devices.slice(0, 10).map(({ id, reason }) => `${id} (${reason})`);
  const more = devices.length > 10 ? ` and ${devices.length - 10} more` : '';
  return {
    code: 'unsupportedDevices',
    title: 'The scope names devices that the action cannot be sent to',
    detail:
      `It cannot be sent to ${named.join(', ')}${more}. Nothing was sent, since the run is strict. ` +
      'Leave them out of the scope; or leave out strict, and they are skipped.',
  };
}

/** A run that may not ignore partial failures has some. */
export function partialFailure(devices: number): Problem {
  return {
    code: 'partialFailure',
    title: 'The run did not reach every device',
    detail:
      `${devices} of its devices ended with an error or an unknown outcome, and the run was not to ` +
      'ignore partial failures. The others got their command. Its devices say what went wrong; ' +
      'a retry sends to those that failed again.',
  };
}
