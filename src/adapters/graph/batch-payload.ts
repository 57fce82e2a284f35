import { z } from 'zod';
import type { Command } from '../../core/actions/action.ts';
import type { Answer } from '../../core/answer.ts';
import { parseRetryAfter } from '../../core/retry-after.ts';
import { parseGraphError } from './graph-error.ts';

/**
 * The body of a JSON `$batch`: written by hand since the library's own builder repeats the API
 * version in each address, which Graph refuses.
 */
export function toBatchPayload(command: Command, deviceIds: readonly string[]) {
  return {
    requests: deviceIds.map((deviceId, index) => ({
      id: String(index + 1),
      ...command.request(deviceId),
      headers: { 'Content-Type': 'application/json' },
    })),
  };
}

const responsesSchema = z.object({ responses: z.array(z.unknown()) });

/** One answer. Only what is needed is required: an odd header must not cost an accepted device. */
const responseSchema = z.object({
  id: z.coerce.string(),
  status: z.number(),
  headers: z.record(z.string(), z.unknown()).nullish(),
  body: z.unknown().optional(),
});

/**
 * The answers in the order of the requests, each with its body: Graph gives them in any order, and
 * may leave one out.
 *
 * @returns `undefined` when the body is not that of a batch
 */
export function batchAnswers(
  body: unknown,
  count: number,
  now: number,
): { answer: Answer; body?: unknown }[] | undefined {
  const parsed = responsesSchema.safeParse(body);
  if (!parsed.success) return undefined;
  const responses = parsed.data.responses.flatMap((item) => {
    const response = responseSchema.safeParse(item);
    return response.success ? [response.data] : [];
  });
  const byId = new Map(responses.map((response) => [response.id, response]));
  return Array.from({ length: count }, (_, index) => {
    const response = byId.get(String(index + 1));
    if (response === undefined) return { answer: { status: 0, code: 'missingAnswer' } };
    return { answer: toAnswer(response, now), body: response.body };
  });
}

/** The answers alone. */
export function fromBatchPayload(body: unknown, count: number, now: number): Answer[] | undefined {
  return batchAnswers(body, count, now)?.map(({ answer }) => answer);
}

function toAnswer(response: z.output<typeof responseSchema>, now: number): Answer {
  const retryAfterMs = parseRetryAfter(header(response.headers, 'retry-after'), now);
  const requestId = header(response.headers, 'request-id');
  return {
    status: response.status,
    ...(response.status < 300 ? {} : parseGraphError(response.body)),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(requestId === undefined ? {} : { requestId }),
  };
}

/** Inside a batch the letter case of header names varies. */
function header(headers: Record<string, unknown> | null | undefined, name: string) {
  const value = Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
