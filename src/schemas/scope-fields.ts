import { z } from 'zod';
import { parseTimeBound } from '../core/time-bound.ts';

/** What a list may hold unless said otherwise. */
const MAX_ENTRIES = 1_000;
const MAX_TEXT_LENGTH = 256;
/** Far more than the longest instant or duration. */
const MAX_BOUND_LENGTH = 64;

const exampleId = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

/**
 * Any moment does: whether a text is a bound does not depend on it, and the text is kept as given.
 */
const anyMoment = Date.UTC(2026, 0, 1);

/**
 * An optional list of GUIDs; they come out in lower case, each once.
 *
 * @param max how many there may be, those given twice counted twice
 */
export function ids(description: string, max = MAX_ENTRIES) {
  const id = z.guid(`must be an id (a GUID), for example "${exampleId}"`).toLowerCase();
  return listOf(id, `["${exampleId}"]`, max)
    .overwrite((given) => [...new Set(given)])
    .meta({ description })
    .exactOptional();
}

/** An optional list of texts, without the spaces around them; `example` is one of its entries. */
export function texts(description: string, example: string) {
  const message = `must be text of 1 to ${MAX_TEXT_LENGTH} characters, for example "${example}"`;
  const text = z.string(message).trim().min(1, message).max(MAX_TEXT_LENGTH, message);
  return listOf(text, `["${example}"]`).meta({ description }).exactOptional();
}

/** An optional list of known values, spelled exactly so: one with a slip would match no device. */
export function anyOf<const Value extends string>(description: string, values: readonly Value[]) {
  const [first] = values;
  const message = `must be one of ${values.join(', ')}, for example "${first ?? ''}"`;
  return listOf(z.enum(values, message), `["${first ?? ''}"]`)
    .meta({ description })
    .exactOptional();
}

/** An optional time bound, kept as the text given. */
export function timeBound(description: string) {
  const message =
    'must be an ISO 8601 duration of at most ten years, counted back from the start of the run, ' +
    'for example "P30D", or an instant since 1970 with its zone, for example "2026-01-31T08:00:00Z"';
  return z
    .string(message)
    .max(MAX_BOUND_LENGTH, message)
    .refine((text) => parseTimeBound(text, anyMoment) !== undefined, message)
    .meta({ description, examples: ['P30D', '2026-01-31T08:00:00Z'] })
    .exactOptional();
}

function listOf<Entry extends z.ZodType>(entry: Entry, example: string, max = MAX_ENTRIES) {
  const most = max.toLocaleString('en');
  return z
    .array(entry, `must be a list, for example ${example}`)
    .min(1, `must have an entry, for example ${example}; leave the field out to match any`)
    .max(max, {
      error: ({ input }) =>
        `has ${(input as readonly unknown[]).length} entries and may have ${most}; ` +
        `divide them among several runs, for example of ${most} each`,
    });
}
