import { z } from 'zod';
import { parseRetryAfter } from '../../core/retry-after.ts';
import type { Problem } from '../api/problem.ts';
import { ApiError } from '../errors.ts';
import { type DirectoryTarget, TOKEN_VARIABLE, tokenCommand } from './directory-target.ts';

const errorSchema = z.object({ error: z.object({ message: z.string() }) });

/**
 * The error that an answer of Graph stands for, with what the administrator can do about it.
 *
 * @param now milliseconds since the epoch
 */
export async function directoryRefusal(
  response: Response,
  target: DirectoryTarget,
  now: number,
): Promise<ApiError> {
  const { status, headers } = response;
  const problem = problemOf(status, target, messageIn(await response.text()));
  return new ApiError(status, problem, parseRetryAfter(headers.get('retry-after'), now));
}

function problemOf(status: number, { resource }: DirectoryTarget, message: string): Problem {
  switch (status) {
    case 401:
      return {
        title: 'Microsoft Graph does not accept the token',
        detail:
          `It has expired, which it does after about an hour, or is not for ${resource}. ` +
          `Set ${TOKEN_VARIABLE} to a new one: ${tokenCommand(resource)}`,
      };
    case 403:
      return {
        title: 'The token does not allow this',
        detail:
          'To verify, a person needs the directory role Directory Readers, and an application ' +
          'Application.Read.All. To grant and revoke, a person needs Privileged Role Administrator, ' +
          'and an application AppRoleAssignment.ReadWrite.All as well. Activate the role, then get a ' +
          `new token: ${tokenCommand(resource)}`,
      };
    default:
      return {
        title: 'Microsoft Graph refused',
        detail: message === '' ? `It answered ${status} and did not say why.` : message,
      };
  }
}

/** Nothing for a body that is not Graph's: a gateway in between may answer something else. */
function messageIn(body: string): string {
  try {
    return errorSchema.parse(JSON.parse(body)).error.message;
  } catch {
    return '';
  }
}
