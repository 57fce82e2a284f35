import type { HttpRequest } from '@azure/functions';
import type { z } from 'zod';
import { fieldMessage } from '../../schemas/field-message.ts';
import { RUN_BODY_BYTES } from './body-limits.ts';
import { type FieldError, HttpProblem } from './problem.ts';
import { readJson } from './read-json.ts';

/** A list of ten thousand bad ids is told by its first. */
const MAX_ERRORS = 50;

/**
 * The body as `schema` describes it; an empty body is an empty object.
 *
 * @param maxBytes what the body may weigh
 * @throws HttpProblem 400 naming each field that is wrong, 413, 415
 */
export async function readBody<T>(
  request: HttpRequest,
  schema: z.ZodType<T>,
  maxBytes = RUN_BODY_BYTES,
): Promise<T> {
  const body = await readJson(request, maxBytes);
  const parsed = schema.safeParse(body === undefined ? {} : body, { error: fieldMessage });
  if (parsed.success) return parsed.data;
  throw new HttpProblem(400, 'The body has fields that cannot be used.', {
    errors: parsed.error.issues.flatMap(fieldErrors).slice(0, MAX_ERRORS),
  });
}

/** An issue as errors; one for each field that is unknown, under its own path. */
function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  const { path, message } = issue;
  if (issue.code !== 'unrecognized_keys') return [{ path: path.join('.'), message }];
  return issue.keys.map((key) => ({ path: [...path, key].join('.'), message: 'is not a field' }));
}
