import { createHash } from 'node:crypto';
import type { HttpRequest } from '@azure/functions';
import type { StartRunOptions } from '../../use-cases/start-run.ts';
import { HttpProblem } from './problem.ts';

/** Visible characters of ASCII, as the IETF draft on the header field asks for. */
const KEY_FORM = /^[\x21-\x7e]{1,255}$/;

/**
 * The options that the `Idempotency-Key` header stands for; none without it.
 *
 * @param request what makes the request the same: its path and its parsed body
 * @throws HttpProblem 400
 */
export function idempotencyOf(
  { headers, url }: Pick<HttpRequest, 'headers' | 'url'>,
  body: unknown,
): Pick<StartRunOptions, 'idempotency'> {
  const key = headers.get('idempotency-key');
  if (key === null) return {};
  if (!KEY_FORM.test(key)) {
    throw new HttpProblem(400, 'The Idempotency-Key cannot be used.', {
      errors: [{ path: 'Idempotency-Key', message: 'must have 1 to 255 visible characters' }],
    });
  }
  const text = JSON.stringify([new URL(url).pathname, body]);
  return { idempotency: { key, fingerprint: createHash('sha256').update(text).digest('hex') } };
}
