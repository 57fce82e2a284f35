import { z } from 'zod';

const schema = z.object({
  error: z.object({ code: z.string().nullish(), message: z.string().nullish() }),
});

/** Long enough for the name of a role at the end of Intune's longest sentences. */
const MAX_MESSAGE_LENGTH = 400;

/** Graph's error code and what a person can read of its message. */
export interface GraphError {
  readonly code?: string;
  readonly message?: string;
}

/** Reads an error body; anything else gives an empty answer. */
export function parseGraphError(body: unknown): GraphError {
  const parsed = schema.safeParse(body);
  if (!parsed.success) return {};
  const { code, message } = parsed.data.error;
  const text = readable(message ?? '');
  return {
    ...((code ?? '') === '' ? {} : { code: code ?? '' }),
    ...(text === '' ? {} : { message: text }),
  };
}

/**
 * Intune puts a JSON text into the message, sometimes twice, with the sentence in `Message`,
 * followed by ids and an address that holds device names. Only the sentence is kept.
 */
function readable(message: string, depth = 0): string {
  const nested =
    depth < 3 && message.trimStart().startsWith('{') ? innerMessage(message) : undefined;
  if (nested !== undefined) return readable(nested, depth + 1);
  return (message.split(' - Operation ID')[0] ?? '')
    .replaceAll(/https?:\/\/\S+/g, '')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '(id)')
    .trim()
    .slice(0, MAX_MESSAGE_LENGTH);
}

function innerMessage(text: string): string | undefined {
  try {
    const inner = z.object({ Message: z.string() }).safeParse(JSON.parse(text));
    return inner.success ? inner.data.Message : undefined;
  } catch {
    return undefined;
  }
}
