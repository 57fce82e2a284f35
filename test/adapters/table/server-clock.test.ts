import { describe, expect, it } from 'vitest';
import { ServerClock } from '../../../src/adapters/table/server-clock.ts';
import { startOfTest as now } from '../../support/factories.ts';

/** A clock, and a server whose clock is ahead of it by `aheadMs`. */
function aClock(aheadMs: number) {
  let time = now;
  const clock = new ServerClock({ now: () => time, sleep: () => Promise.resolve() });
  const answer = (date = new Date(time + aheadMs).toUTCString()) =>
    clock.observe(({ onResponse }) => {
      onResponse({ headers: { get: (name) => (name === 'date' ? date : undefined) } });
      return Promise.resolve('answer');
    });
  return { clock, answer, pass: (ms: number) => (time += ms), time: () => time };
}

describe('the server clock', () => {
  it('is our clock before the server has answered', () => {
    expect(aClock(5_000).clock.now()).toBe(now);
  });

  it('passes the answer on', async () => {
    expect(await aClock(0).answer()).toBe('answer');
  });

  it('is our clock while the two may be the same', async () => {
    const { clock, answer } = aClock(0);
    await answer();
    expect(clock.now()).toBe(now);
  });

  it('comes ever closer to a server that is seconds ahead', async () => {
    const { clock, answer, pass, time } = aClock(4_700);
    for (let turn = 0; turn < 20; turn++) {
      await answer();
      pass(1_070);
    }
    expect(Math.abs(clock.now() - (time() + 4_700))).toBeLessThanOrEqual(100);
  });

  it('is right to the round trip after one write, whose ETag is when the row was written', async () => {
    const { clock, time } = aClock(0);
    const etag = `W/"datetime'${new Date(now + 4_700).toISOString().replaceAll(':', '%3A')}'"`;
    await clock.observeWrite(({ onResponse }) => {
      onResponse({ headers: { get: (name) => (name === 'etag' ? etag : undefined) } });
      return Promise.resolve();
    });
    expect(Math.abs(clock.now() - (time() + 4_700))).toBeLessThanOrEqual(1);
  });

  it.each(['', 'W/"0x8DD"', `W/"datetime'%E0%A4%A'"`, `W/"datetime'yesterday'"`])(
    'learns nothing from the ETag %j',
    async (etag) => {
      const { clock } = aClock(0);
      await clock.observeWrite(({ onResponse }) => {
        onResponse({ headers: { get: (name) => (name === 'etag' ? etag : undefined) } });
        return Promise.resolve();
      });
      expect(clock.now()).toBe(now);
    },
  );

  it('learns nothing from an answer without a date', async () => {
    const { clock, answer } = aClock(60_000);
    await answer('yesterday, about noon');
    await answer('');
    expect(clock.now()).toBe(now);
  });

  it('fails as the request fails', async () => {
    const { clock } = aClock(0);
    await expect(clock.observe(() => Promise.reject(new Error('refused')))).rejects.toThrow(
      'refused',
    );
  });
});
