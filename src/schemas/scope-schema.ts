import { z } from 'zod';
import { platforms } from '../core/platform.ts';
import { complianceStates, managementAgents, ownerships } from '../core/scope-values.ts';
import { anyOf, ids, texts, timeBound } from './scope-fields.ts';

const MAX_DEVICE_IDS = 10_000;

/**
 * 10,000 ids take some 390,000 characters. An entity of a table holds 1 MiB, two bytes a character
 * (Table storage's data model), and the run's row has other properties too.
 */
export const MAX_SCOPE_LENGTH = 450_000;

/** Part of the description of every time bound. */
const forms =
  'An ISO 8601 duration counted back from the start of the run, or an instant with its zone.';

const fields = {
  deviceIds: ids('Ids of the devices in Intune.', MAX_DEVICE_IDS),
  deviceNames: texts('Names of the devices; * stands for any text or none.', 'WS-*'),
  serialNumbers: texts('Serial numbers of the devices.', '5CG1234XYZ'),
  userPrincipalNames: texts('User principal names of their users.', 'kim@contoso.com'),
  groupIds: ids(
    'Ids of Entra groups: the devices in them and those of the users in them, nested groups included.',
  ),
  platforms: anyOf(
    'Platforms. An iPad that Intune reports with the system iOS counts as iOS.',
    platforms,
  ),
  ownership: anyOf('Who owns the devices.', ownerships),
  complianceStates: anyOf('Compliance states, as Microsoft Graph names them.', complianceStates),
  managementAgents: anyOf('Management agents, as Microsoft Graph names them.', managementAgents),
  manufacturers: texts('Manufacturers, as Intune shows them.', 'Dell Inc.'),
  models: texts('Models, as Intune shows them.', 'Latitude 7440'),
  categories: texts('Names of device categories of Intune.', 'Kiosk'),
  osVersions: texts('How the version of the operating system begins.', '10.0.26100'),
  lastSyncOlderThan: timeBound(
    `The last check-in was before this, or there was none yet. ${forms}`,
  ),
  lastSyncNewerThan: timeBound(`The last check-in was after this. ${forms}`),
  enrolledBefore: timeBound(`Enrolled before this, at a known time. ${forms}`),
  enrolledAfter: timeBound(`Enrolled after this, at a known time. ${forms}`),
};

const excludeSchema = z.strictObject(fields, { error: unusable([]) }).meta({
  description:
    'Devices of the scope that get nothing, and are reported as skipped: those that match every ' +
    'field given here. {} excludes nothing.',
});

/**
 * A scope as a request or the setting `SYNC_SCOPE` gives it. `{}` is the whole fleet; a field that
 * does not exist is refused, because ignoring it would reach more devices than were meant. Ids come
 * out in lower case and once each, texts trimmed, time bounds as given.
 */
export const scopeSchema = z
  .strictObject(
    { ...fields, exclude: excludeSchema.exactOptional() },
    { error: unusable(['exclude']) },
  )
  .refine((scope) => JSON.stringify(scope).length <= MAX_SCOPE_LENGTH, {
    error: `must have ${MAX_SCOPE_LENGTH} characters at most; name a group or a platform instead`,
  })
  .meta({
    description:
      'Which devices: those that match every field given. A list matches any of its values, in any ' +
      'letter case. {} is the whole fleet.',
  });

/** What to say of an object with a field it does not have, and of anything that is no object. */
function unusable(more: readonly string[]): z.core.$ZodErrorMap {
  const known = [...Object.keys(fields), ...more].join(', ');
  return (issue) =>
    issue.code === 'unrecognized_keys'
      ? `has no field ${issue.keys.map((key) => `"${key}"`).join(' and no field ')}; ` +
        `the fields are ${known}, for example {"platforms": ["windows"]}`
      : 'must be an object, for example {"platforms": ["windows"]}';
}
