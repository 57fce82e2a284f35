import { describe, expect, it } from 'vitest';
import { countWindows } from '../../bench/support/windows.ts';
import { aFleet } from '../support/fleet.ts';
import { Simulation, type SimulationOptions } from '../support/simulation.ts';

/**
 * A run on a machine that wakes up late: by so many ms at the nth sleep, from 0. At 10 writes per second
 * slots are of 5 writes, 510 ms apart.
 */
async function runOnALateMachine(
  lateMs: (sleep: number) => number,
  { devices = 50, ...options }: Partial<SimulationOptions> & { devices?: number } = {},
): Promise<Simulation> {
  let sleeps = 0;
  const app = new Simulation({
    fleet: aFleet(devices),
    writesPerSecond: 10,
    override: ({ clock }) => ({
      clock: { now: clock.now, sleep: (ms) => clock.sleep(ms + lateMs(sleeps++)) },
    }),
    ...options,
  });
  await app.start();
  await app.settle();
  return app;
}

const reservations = ({ calls }: Simulation) => calls.filter((call) => call === 'budget.reserve');

/** The run with storage that tells of a run after so many ms, at a time since the start. */
function runOnSlowStorage(answersMs: (elapsedMs: number) => number): Promise<Simulation> {
  return runOnALateMachine(() => 0, {
    override: ({ runs, clock }) => {
      const startedAt = clock.now();
      const get = runs.get.bind(runs);
      runs.get = async (id) => {
        await clock.sleep(answersMs(clock.now() - startedAt));
        return get(id);
      };
      return {};
    },
  });
}

/** How often a command was sent to each device of the run, without repetition. */
const timesSent = ({ graph, ledger }: Simulation) => [
  ...new Set([...ledger.outcomes.values()].map(({ deviceId }) => graph.sendsTo(deviceId))),
];

/** From the first call to the last, ms. */
function duration({ graph }: Simulation): number {
  return (graph.sends.at(-1)?.at ?? NaN) - (graph.sends[0]?.at ?? NaN);
}

/** The most writes that any 20 s had. */
function mostInAWindow({ graph }: Simulation): number {
  const times = graph.sends.flatMap(({ at, deviceIds }) => deviceIds.map(() => at));
  return countWindows(times, { from: times[0] ?? 0, to: times.at(-1) ?? 0 }).most;
}

describe('a worker that is late for its slot', () => {
  it('sends when it is late by no more than a window of Graph has room for', async () => {
    const app = await runOnALateMachine(() => 200);

    expect(reservations(app)).toHaveLength(10);
    expect(app.graph.sends).toHaveLength(10);
    expect(app.run).toMatchObject({ status: 'completed', totals: { success: 50 } });
  });

  it('gives the slot up when it is later, and sends in another one', async () => {
    const app = await runOnALateMachine((sleep) => (sleep === 3 ? 400 : 0));

    expect(reservations(app)).toHaveLength(11);
    expect(duration(app)).toBe(10 * 510);
    expect(timesSent(app)).toEqual([1]);
    expect(app.run).toMatchObject({ status: 'completed', totals: { success: 50 } });
  });

  it('asks for more time when it is late again: two slots are lost, and none after them', async () => {
    const app = await runOnSlowStorage(() => 800);

    expect(reservations(app)).toHaveLength(12);
    expect(app.graph.sends).toHaveLength(10);
    expect(timesSent(app)).toEqual([1]);
    expect(app.run).toMatchObject({ status: 'completed', totals: { success: 50 } });
  });

  it.each([
    { lateMs: 300, most: 1 },
    { lateMs: 900, most: 3 },
    { lateMs: 5_000, most: 25 },
  ])(
    'takes at most $most times as long on a machine that always wakes up $lateMs ms late',
    async ({ lateMs, most }) => {
      const inTime = await runOnALateMachine(() => 0, { devices: 500 });
      const late = await runOnALateMachine(() => lateMs, { devices: 500 });

      expect(timesSent(late)).toEqual([1]);
      expect(late.run).toMatchObject({ status: 'completed', totals: { success: 500 } });
      expect(duration(late) / duration(inTime)).toBeLessThanOrEqual(most);
    },
  );

  it('gives its batch back to the queue when no slot is long enough, until that is over', async () => {
    const app = await runOnSlowStorage((elapsedMs) => (elapsedMs < 60_000 ? 3_000 : 0));
    const enqueued = app.calls.filter((call) => call === 'queue.enqueueBatches');

    expect(enqueued.length).toBeGreaterThan(2);
    expect(app.graph.sends[0]?.at).toBeGreaterThan(app.run.createdAt + 60_000);
    expect(timesSent(app)).toEqual([1]);
    expect(app.run).toMatchObject({ status: 'completed', totals: { success: 50 } });
  });

  it('lets go of its batch when it slept for so long that another worker has it', async () => {
    const app = await runOnALateMachine((sleep) => (sleep === 3 ? 120_000 : 0), { devices: 2_000 });

    expect(timesSent(app)).toEqual([1]);
    expect(app.run).toMatchObject({ status: 'completed', totals: { success: 2_000 } });
  });
});

describe('several workers on a machine that is held up now and then', () => {
  it('never send more than 200 writes in any 20 s', async () => {
    // Seldom enough that slots are full before and after it.
    const app = await runOnALateMachine((sleep) => (sleep % 131 === 48 ? 1_000 : 0), {
      devices: 1_000,
    });

    expect(mostInAWindow(app)).toBeLessThanOrEqual(200);
    expect(timesSent(app)).toEqual([1]);
    expect(app.run).toMatchObject({ status: 'completed', totals: { success: 1_000 } });
  });
});
