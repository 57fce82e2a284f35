import type { HttpRequest } from '@azure/functions';
import type { z } from 'zod';
import { type FieldError, HttpProblem } from './problem.ts';

/** A list of ten thousand bad ids is told by its first. */
const MAX_ERRORS = 50;

/** What the body of a request may weigh unless said otherwise, bytes. */
const MAX_BODY_BYTES = 1024 * 1024;

/** A body that goes on beyond this is not read any further. */
const MAX_DISCARDED_BYTES = 32 * MAX_BODY_BYTES;

/**
 * The body as `schema` describes it; an empty body is an empty object.
 *
 * @param maxBytes what the body may weigh
 * @throws HttpProblem 400 naming each field that is wrong, 413, 415
 */
export async function readBody<T>(
  request: HttpRequest,
  schema: z.ZodType<T>,
  maxBytes = MAX_BODY_BYTES,
): Promise<T> {
  const text = await readText(request, maxBytes);
  const parsed = schema.safeParse(text.trim() === '' ? {} : parseJson(request, text));
  if (parsed.success) return parsed.data;
  throw new HttpProblem(400, 'The body has fields that cannot be used.', {
    errors: parsed.error.issues.flatMap(fieldErrors).slice(0, MAX_ERRORS),
  });
}

/**
 * The body as text, held only as far as it may go. What is beyond is read and thrown away: an answer
 * that is sent while the caller still uploads may never reach it.
 *
 * @throws HttpProblem 413
 */
async function readText(request: HttpRequest, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes <= maxBytes) chunks.push(chunk);
    if (bytes > MAX_DISCARDED_BYTES) break;
  }
  if (bytes > maxBytes) throw tooLarge(maxBytes);
  return Buffer.concat(chunks).toString();
}

/** An issue as errors; one for each field that is unknown, under its own path. */
function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  const { path, message } = issue;
  if (issue.code !== 'unrecognized_keys') return [{ path: path.join('.'), message }];
  return issue.keys.map((key) => ({ path: [...path, key].join('.'), message: 'is not a field' }));
}

function parseJson(request: HttpRequest, text: string): unknown {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    throw new HttpProblem(415, 'Send the body as JSON, with Content-Type: application/json.');
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpProblem(400, 'The body is not JSON.', {
      errors: [{ path: '', message: 'must be a JSON object, for example {"reason": "drill"}' }],
    });
  }
}

function tooLarge(maxBytes: number): HttpProblem {
  return new HttpProblem(413, `The body may have ${maxBytes} bytes at most.`);
}
