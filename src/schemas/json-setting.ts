import { z } from 'zod';
import { fieldMessage } from './field-message.ts';

/**
 * A setting that holds JSON, `{}` when it is absent. Its message says where in it the problem is.
 *
 * @param what it holds, and an example of it, for the message
 */
export function jsonSetting<T>(
  schema: z.ZodType<T>,
  { what, example }: { readonly what: string; readonly example: string },
) {
  return z
    .string()
    .default('{}')
    .transform((text, context): T => {
      const parsed = schema.safeParse(parseJson(text), { error: fieldMessage });
      if (parsed.success) return parsed.data;
      const [issue] = parsed.error.issues;
      const where = issue?.path.join('.') ?? '';
      const message = `must be ${what} as JSON, for example ${example}: ${where} ${issue?.message ?? ''}`;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
