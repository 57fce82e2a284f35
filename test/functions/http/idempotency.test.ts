import { HttpRequest } from '@azure/functions';
import { describe, expect, it } from 'vitest';
import { idempotencyOf } from '../../../src/functions/http/idempotency.ts';
import { HttpProblem } from '../../../src/functions/http/problem.ts';

const aRequest = (key?: string, url = 'http://localhost/api/runs') =>
  new HttpRequest({
    method: 'POST',
    url,
    ...(key === undefined ? {} : { headers: { 'Idempotency-Key': key } }),
  });

/** The fingerprint of a request with a key. */
const fingerprint = (body: unknown, url?: string) =>
  idempotencyOf(aRequest('key', url), body).idempotency?.fingerprint;

/** The errors with which a key is refused; `undefined` when it is taken. */
function errorsOf(key: string) {
  try {
    idempotencyOf(aRequest(key), {});
    return undefined;
  } catch (error) {
    if (!(error instanceof HttpProblem)) throw error;
    return { status: error.status, errors: error.errors };
  }
}

describe('the Idempotency-Key', () => {
  it('is nothing when it is not given', () => {
    expect(idempotencyOf(aRequest(), { reason: 'a' })).toEqual({});
  });

  it.each(['k', '8e03978e-40d5-43dd-bc93-6894a57f9324', '"quoted"', '~'.repeat(255)])(
    'is taken as it is: %s',
    (key) => {
      expect(idempotencyOf(aRequest(key), {}).idempotency?.key).toBe(key);
    },
  );

  it.each(['', 'two words', 'Ünïcode', 'x'.repeat(256)])('is refused: %j', (key) => {
    expect(errorsOf(key)).toEqual({
      status: 400,
      errors: [{ path: 'Idempotency-Key', message: 'must have 1 to 255 visible characters' }],
    });
  });
});

describe('the fingerprint of a request', () => {
  it('is the same for the same request', () => {
    expect(fingerprint({ reason: 'a' })).toMatch(/^[0-9a-f]{64}$/);
    expect(fingerprint({ reason: 'a' })).toBe(fingerprint({ reason: 'a' }));
  });

  it.each([
    ['body', fingerprint({ reason: 'b' })],
    ['path', fingerprint({ reason: 'a' }, 'http://localhost/api/runs/1/retry')],
  ])('is another one for another %s', (_, other) => {
    expect(other).not.toBe(fingerprint({ reason: 'a' }));
  });

  it('has nothing to do with the key in the query, or the name of the server', () => {
    const same = fingerprint({}, 'https://other.example/api/runs?code=function-key');
    expect(same).toBe(fingerprint({}));
  });
});
