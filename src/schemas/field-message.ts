import type { z } from 'zod';

/** Kinds of values in the words of whoever writes JSON. */
const kinds: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a text',
};

/** What is counted in a value that is too short or too long; numbers are compared by themselves. */
const units: Readonly<Record<string, string>> = { array: 'entries', string: 'characters' };

/**
 * What a field must be, for schemas that do not say it themselves: the library's own words are about
 * its types. To be given to the parsing of what people write.
 *
 * @returns `undefined` where a schema has to have a message of its own
 */
export const fieldMessage: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${kinds[issue.expected] ?? `of the type ${issue.expected}`}`;
    case 'invalid_value':
      return `must be one of ${issue.values.join(', ')}`;
    case 'too_small':
      return bound(issue.origin, 'at least', issue.minimum);
    case 'too_big':
      return bound(issue.origin, 'at most', issue.maximum);
    default:
      return undefined;
  }
};

function bound(origin: string, how: 'at least' | 'at most', limit: number | bigint): string {
  const unit = units[origin];
  if (unit === undefined) return `must be ${how} ${limit}`;
  return how === 'at least' && limit === 1
    ? 'must not be empty'
    : `must have ${how} ${limit} ${unit}`;
}
