import type { HttpRequest } from '@azure/functions';
import { z } from 'zod';
import { fieldMessage } from '../../schemas/field-message.ts';
import { type FieldError, HttpProblem } from './problem.ts';

/**
 * The query of a request as `schema` describes it. The key, which may stand there, is not a part of
 * it. A parameter that is there twice is refused: to take one of the two would leave out what the
 * other asks for.
 *
 * @throws HttpProblem 400 naming each parameter that is wrong
 */
export function readQuery<T>(request: HttpRequest, schema: z.ZodType<T>): T {
  const given = [...request.query].filter(([name]) => name !== 'code');
  const parsed = schema.safeParse(Object.fromEntries(given), { error: fieldMessage });
  const errors = [...repeated(given), ...(parsed.error?.issues.flatMap(parameterErrors) ?? [])];
  if (parsed.success && errors.length === 0) return parsed.data;
  throw new HttpProblem(400, 'The query has parameters that cannot be used.', { errors });
}

function repeated(given: readonly (readonly [string, string])[]): FieldError[] {
  const names = given.map(([name]) => name);
  const twice = new Set(names.filter((name, place) => names.indexOf(name) < place));
  const message =
    'is there more than once; give it once, the values of a list with commas between them';
  return [...twice].map((path) => ({ path, message }));
}

/** An issue as errors, by the parameter whatever is in it; one for each that is unknown. */
function parameterErrors(issue: z.core.$ZodIssue): FieldError[] {
  return issue.code === 'unrecognized_keys'
    ? issue.keys.map((path) => ({ path, message: 'is not a parameter' }))
    : [{ path: String(issue.path[0]), message: issue.message }];
}

/** A page size: a whole number with a default and a most. */
export function limit(fallback: number, most: number) {
  const message = `must be a whole number from 1 to ${most}, for example ${fallback}`;
  return z
    .string()
    .default(String(fallback))
    .refine((text) => /^\d{1,6}$/.test(text) && Number(text) >= 1 && Number(text) <= most, {
      error: message,
    })
    .transform(Number);
}

/** Where a list goes on. */
export const continuationToken = z.string().min(1).max(2_000).optional();
