import { z } from 'zod';
import { UnreachableError } from '../errors.ts';
import { withRetries } from './retries.ts';
import { type ApiRequest, type SendTools, callOf, send } from './send.ts';

/** An answer whose body is what was expected. */
export interface Answer<T> {
  status: number;
  value: T;
}

/**
 * Asks for JSON; repeated for passing failures when that is safe.
 *
 * @throws UnreachableError when the answer is not what `schema` describes: it is not the app then.
 */
export async function askFor<T>(
  request: ApiRequest,
  schema: z.ZodType<T>,
  tools: SendTools,
): Promise<Answer<T>> {
  const once = () =>
    send(request, tools, async (response) => ({
      status: response.status,
      text: await response.text(),
    }));
  const isRepeatable = request.method === 'GET' || request.idempotencyKey !== undefined;
  const { status, text } = await (isRepeatable ? withRetries(once, tools.context) : once());
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return { status, value: parsed.data };
  throw new UnreachableError(
    `${callOf(request)} answered ${status}, but not as fleet-sync does ` +
      `(${z.prettifyError(parsed.error).replaceAll(/\s+/g, ' ')}). Check FLEET_SYNC_URL.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
