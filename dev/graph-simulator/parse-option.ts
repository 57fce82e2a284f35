import type { z } from 'zod';

/**
 * Parses an option by its schema.
 *
 * @throws Error that names every bad field below `name`, its problem and the value given.
 */
export function parseOption<Schema extends z.ZodType>(
  name: string,
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error(`Invalid option. ${describeIssues(name, parsed.error)}`, {
    cause: parsed.error,
  });
}

/** One sentence per problem, each beginning with the field's path, e.g. `fleet.goneShare: ...`. */
export function describeIssues(name: string, error: z.ZodError): string {
  return error.issues
    .map((issue) => `${[name, ...issue.path.map(String)].join('.')}: ${issue.message}.`)
    .join(' ');
}
