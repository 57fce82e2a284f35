import { z } from 'zod';
import { ConfigurationError } from './configuration-error.ts';

const schema = z.object({
  IsEncrypted: z.boolean().default(false),
  Values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
});

/**
 * Reads the `Values` of local.settings.json, which become environment variables of the app.
 *
 * @param localSettings the parsed file; undefined when there is none, which is allowed
 * @throws ConfigurationError when the file is encrypted or a value is not text, number or boolean
 */
export function parseLocalSettings(localSettings: unknown): Record<string, string> {
  if (localSettings === undefined) return {};
  const parsed = schema.safeParse(localSettings);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = issue?.path.join('.') ?? '';
    throw new ConfigurationError(
      `local.settings.json: ${path} must be text, a number or a boolean inside "Values"`,
    );
  }
  if (parsed.data.IsEncrypted) {
    throw new ConfigurationError(
      'local.settings.json is encrypted; run `func settings decrypt`, then start again',
    );
  }
  return Object.fromEntries(
    Object.entries(parsed.data.Values).map(([name, value]) => [name, String(value)]),
  );
}
