import { type CompactJWSHeaderParameters, type JWK, errors } from 'jose';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { createSigningKey } from '../../../dev/identity-endpoint/signing-keys.ts';
import { RemoteKeys } from '../../../src/adapters/identity/remote-keys.ts';
import { PROOF_TIME_MS } from '../../../src/core/answer-time.ts';
import { ProofUnavailableError } from '../../../src/use-cases/ports.ts';

const uri = 'https://login.contoso.example/keys';
const second = 1_000;
const hour = 3_600 * second;

let old: JWK;
let current: JWK;

beforeAll(async () => {
  const [first, next] = await Promise.all([createSigningKey(), createSigningKey()]);
  old = first.publicKey;
  current = next.publicKey;
});

/** An issuer whose answers the test chooses, and a clock that the test turns. */
function anIssuer() {
  const issuer = { published: [old], isDown: false, answer: undefined as string | undefined };
  const clock = { now: 0 };
  let requests = 0;
  const fetchKeys: typeof fetch = () => {
    requests += 1;
    if (issuer.isDown) return Promise.reject(new TypeError('fetch failed'));
    const text = issuer.answer ?? JSON.stringify({ keys: issuer.published });
    return Promise.resolve(new Response(text));
  };
  const keys = new RemoteKeys({ uri, now: () => clock.now, fetch: fetchKeys });
  const find = (kid: string | undefined) => {
    const header: CompactJWSHeaderParameters = {
      alg: 'RS256',
      ...(kid === undefined ? {} : { kid }),
    };
    return keys.find(header, { payload: '', signature: '' });
  };
  const findAt = (now: number, kid: string | undefined) => {
    clock.now = now;
    return find(kid);
  };
  return { issuer, findAt, requests: () => requests };
}

describe('the keys of an issuer', () => {
  it('are fetched once for an hour, however many ask at once', async () => {
    const { findAt, requests } = anIssuer();
    await Promise.all([findAt(0, old.kid), findAt(0, old.kid), findAt(hour, old.kid)]);
    await findAt(hour, old.kid);
    expect(requests()).toBe(1);
    await findAt(hour + 1, old.kid);
    expect(requests()).toBe(2);
  });

  it('are waited for no longer than the answer to an alert leaves time', async () => {
    const limit = vi.spyOn(AbortSignal, 'timeout');
    await anIssuer().findAt(0, old.kid);
    expect(limit.mock.calls).toEqual([[PROOF_TIME_MS]]);
    limit.mockRestore();
  });

  it('are fetched again for a key id that is unknown', async () => {
    const { issuer, findAt, requests } = anIssuer();
    await findAt(0, old.kid);
    issuer.published = [current];
    expect(await findAt(30 * second, current.kid)).toMatchObject({ type: 'public' });
    expect(requests()).toBe(2);
  });

  it('are not fetched for every key id that is made up', async () => {
    const { findAt, requests } = anIssuer();
    for (let attempt = 0; attempt < 100; attempt += 1) {
      await expect(findAt(attempt, `made-up-${attempt}`)).rejects.toThrow(errors.JWKSNoMatchingKey);
    }
    expect(requests()).toBe(1);
    await expect(findAt(30 * second, 'made-up')).rejects.toThrow(errors.JWKSNoMatchingKey);
    expect(requests()).toBe(2);
  });

  it('no longer include one that the issuer has withdrawn', async () => {
    const { issuer, findAt } = anIssuer();
    await findAt(0, old.kid);
    issuer.published = [current];
    await expect(findAt(hour + 1, old.kid)).rejects.toThrow(errors.JWKSNoMatchingKey);
  });

  it('are found by their id only', async () => {
    const { findAt, requests } = anIssuer();
    await expect(findAt(0, undefined)).rejects.toThrow(errors.JWKSNoMatchingKey);
    expect(requests()).toBe(0);
  });
});

describe('while the issuer is down', () => {
  it('a key that is known goes on opening, for a day', async () => {
    const { issuer, findAt } = anIssuer();
    await findAt(0, old.kid);
    issuer.isDown = true;
    expect(await findAt(24 * hour, old.kid)).toMatchObject({ type: 'public' });
    await expect(findAt(24 * hour + 1, old.kid)).rejects.toThrow(ProofUnavailableError);
  });

  it('a key that is unknown does not open, and is not said to be wrong', async () => {
    const { issuer, findAt } = anIssuer();
    await findAt(0, old.kid);
    issuer.isDown = true;
    await expect(findAt(30 * second, current.kid)).rejects.toThrow(ProofUnavailableError);
    issuer.isDown = false;
    await expect(findAt(35 * second, current.kid)).rejects.toThrow(errors.JWKSNoMatchingKey);
  });

  it('it is asked every 5 s at most', async () => {
    const { issuer, findAt, requests } = anIssuer();
    issuer.isDown = true;
    for (let at = 0; at < 10; at += 1) {
      await expect(findAt(at * second, old.kid)).rejects.toThrow(ProofUnavailableError);
    }
    expect(requests()).toBe(2);
    issuer.isDown = false;
    expect(await findAt(10 * second, old.kid)).toMatchObject({ type: 'public' });
  });

  it.each(['<html>', '{}', '{"keys":"none"}', '[]', 'null'])(
    'an answer of %j takes nothing away',
    async (answer) => {
      const { issuer, findAt } = anIssuer();
      await findAt(0, old.kid);
      issuer.answer = answer;
      expect(await findAt(2 * hour, old.kid)).toMatchObject({ type: 'public' });
    },
  );
});
