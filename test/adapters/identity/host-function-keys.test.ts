import { describe, expect, it, vi } from 'vitest';
import { HostFunctionKeys } from '../../../src/adapters/identity/host-function-keys.ts';
import { PROOF_TIME_MS } from '../../../src/core/answer-time.ts';
import { ProofUnavailableError } from '../../../src/use-cases/ports.ts';

const uri = 'https://fleet-sync.example/api/key';

/** A host that opens its route to one key, or always answers with one status. */
function aHost(answer?: number | Error) {
  const asked: { url: unknown; key: string | null; redirect: unknown }[] = [];
  const host = { key: 'good' };
  const clock = { now: 0 };
  const ask: typeof fetch = (url, init) => {
    const key = new Headers(init?.headers).get('x-functions-key');
    asked.push({ url, key, redirect: init?.redirect });
    if (answer instanceof Error) return Promise.reject(answer);
    return Promise.resolve(
      new Response(null, { status: answer ?? (key === host.key ? 204 : 401) }),
    );
  };
  const keys = new HostFunctionKeys({ uri, now: () => clock.now, fetch: ask });
  return { keys, host, clock, asked };
}

describe('a key', () => {
  it('is good when the host opens a route to it', async () => {
    const { keys, asked } = aHost();
    expect(await keys.accepts('good')).toBe(true);
    expect(asked).toEqual([{ url: uri, key: 'good', redirect: 'error' }]);
  });

  it('is asked about for no longer than the answer to an alert leaves time', async () => {
    const limit = vi.spyOn(AbortSignal, 'timeout');
    await aHost().keys.accepts('good');
    expect(limit.mock.calls).toEqual([[PROOF_TIME_MS]]);
    limit.mockRestore();
  });

  it('is not good when the host does not, however often it is tried', async () => {
    const { keys, asked } = aHost();
    expect(await keys.accepts('bad')).toBe(false);
    expect(await keys.accepts('bad')).toBe(false);
    expect(asked.length).toBe(2);
  });

  it('is believed for a minute, and no longer than that when it is withdrawn', async () => {
    const { keys, host, clock, asked } = aHost();
    await keys.accepts('good');
    host.key = 'new';
    clock.now = 59_999;
    expect(await keys.accepts('good')).toBe(true);
    expect(asked.length).toBe(1);
    clock.now = 60_000;
    expect(await keys.accepts('good')).toBe(false);
    expect(await keys.accepts('good')).toBe(false);
  });

  it.each(['', 'two words', 'line\r\nX-Other: 1', 'ключ', 'x'.repeat(513)])(
    'that no host has (%j) is not asked about',
    async (key) => {
      const { keys, asked } = aHost();
      expect(await keys.accepts(key)).toBe(false);
      expect(asked).toEqual([]);
    },
  );

  it.each([200, 302, 403, 404, 500, 503, new TypeError('fetch failed')])(
    'is neither good nor bad when the host says %s',
    async (answer) => {
      await expect(aHost(answer).keys.accepts('good')).rejects.toThrow(ProofUnavailableError);
    },
  );
});
