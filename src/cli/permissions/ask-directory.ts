import { z } from 'zod';
import { exchange } from '../api/exchange.ts';
import { withRetries } from '../api/retries.ts';
import type { CliContext } from '../context.ts';
import { UnreachableError } from '../errors.ts';
import { directoryRefusal } from './directory-refusal.ts';
import { type DirectoryRequest, httpCallOf } from './directory-request.ts';
import type { DirectoryTarget } from './directory-target.ts';

/** Asks the directory something and gives what the answer must be. */
export type AskDirectory = <T>(request: DirectoryRequest, schema: z.ZodType<T>) => Promise<T>;

/**
 * Each request is repeated for passing failures. That is safe for grants and revocations, too: what
 * is done already is refused the second time, and `createDirectory` takes that for done.
 *
 * The asking throws ApiError for a refusal, and UnreachableError when there is no answer, or none
 * that Graph gives.
 */
export function askDirectory(target: DirectoryTarget, context: CliContext): AskDirectory {
  return async (request, schema) => {
    const call = httpCallOf(request, target.endpoint);
    const headers = { ...call.headers, authorization: `Bearer ${target.token}` };
    const text = await withRetries(
      () =>
        exchange({ ...call, headers }, context, {
          read: (response) => response.text(),
          refusal: (response) => directoryRefusal(response, target, context.now()),
          unreachable: (why) =>
            `${target.endpoint} could not be reached: ${why}. Check the network, and --cloud.`,
        }),
      context,
    );
    const parsed = schema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    throw new UnreachableError(
      `${target.endpoint} answered, but not as Microsoft Graph does ` +
        `(${z.prettifyError(parsed.error).replaceAll(/\s+/g, ' ')}).`,
    );
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
