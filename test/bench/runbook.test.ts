import { describe, expect, it } from 'vitest';
import type { FleetGraph, Reply } from '../../bench/comparison/graph.ts';
import { runRunbook } from '../../bench/comparison/runbook.ts';

/** A fleet that answers as it is told, and how long everything took on a clock that jumps. */
function aFleet(devices: number, latencyMs: number, replyTo: (call: number) => Partial<Reply>) {
  let elapsedMs = 0;
  let calls = 0;
  const sleep = (ms: number) => {
    elapsedMs += ms;
    return Promise.resolve();
  };
  const graph: FleetGraph = {
    listDeviceIds: () => Promise.resolve(Array.from({ length: devices }, (_, at) => String(at))),
    syncDevice: async () => {
      await sleep(latencyMs);
      return { status: 204, retryAfter: undefined, body: '', ...replyTo(calls++) };
    },
  };
  return {
    run: async () => {
      await runRunbook(graph, sleep);
      return { seconds: elapsedMs / 1000, calls };
    },
  };
}

const accepting = () => ({ status: 204 });

describe("the runbook's algorithm", () => {
  it.each([
    [200, 250, 82],
    [1_000, 250, 446],
    [1_000, 20, 214],
  ])(
    'takes for %i devices at %i ms within 3 %% of the %i s that the runbook took',
    async (devices, latencyMs, measured) => {
      const { seconds, calls } = await aFleet(devices, latencyMs, accepting).run();
      expect(calls).toBe(devices);
      expect(Math.abs(1 - seconds / measured)).toBeLessThan(0.03);
    },
  );

  it('sends nothing to a fleet of exactly one device', async () => {
    expect(await aFleet(1, 250, accepting).run()).toEqual({ seconds: 0, calls: 0 });
  });

  // The second device is never throttled: what is counted is what the first one costs.
  it.each<[string, Partial<Reply>, { seconds: number; calls: number }]>([
    ['whole seconds', { status: 429, retryAfter: '3' }, { seconds: 15, calls: 7 }],
    ['a fraction below one half', { status: 429, retryAfter: '0.4' }, { seconds: 0, calls: 7 }],
    ['two and a half', { status: 429, retryAfter: '2.5' }, { seconds: 10, calls: 7 }],
    ['nothing', { status: 429 }, { seconds: 155, calls: 7 }],
    ['nothing, after a 503', { status: 503 }, { seconds: 155, calls: 7 }],
    [
      'a date',
      { status: 429, retryAfter: 'Wed, 21 Oct 2026 07:28:00 GMT' },
      { seconds: 0, calls: 2 },
    ],
  ])('waits as observed when it is asked to wait for %s', async (_, reply, expected) => {
    const { seconds, calls } = await aFleet(2, 0, (call) => {
      const isFirstDevice = expected.calls === 2 ? call === 0 : call < 6;
      return isFirstDevice ? reply : {};
    }).run();
    expect({ seconds, calls }).toEqual(expected);
  });

  it('does not try a broken connection again', async () => {
    const reply = () => ({ status: 0 });
    expect(await aFleet(2, 0, reply).run()).toEqual({ seconds: 0, calls: 2 });
  });
});
