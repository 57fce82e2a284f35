import { describe, expect, it } from 'vitest';
import type { Metrics } from '../../src/core/metrics.ts';
import type { Run } from '../../src/core/run.ts';
import { reviveMonitor } from '../../src/use-cases/handle-poison.ts';
import { watchRuns } from '../../src/use-cases/watch-runs.ts';
import { aRunId, startOfTest as now } from '../support/factories.ts';
import { silentLog } from '../support/simulation.ts';
import { World } from './support/world.ts';

const toVerify = { dueAt: now + 3_600_000, failures: 0, reportAttempts: 0 };

/** What the watchdog does about a run: its gauges, and whether the run has a new monitor. */
async function watched(run: Partial<Run>) {
  const world = await World.of(run);
  const emitted: Metrics[] = [];
  const telemetry = {
    emit: ({ metrics }: { metrics: Metrics }) => Promise.resolve(void emitted.push(metrics)),
  };
  await watchRuns({ ...pick(world), telemetry })(silentLog);
  return { gauges: emitted[0], isRevived: world.queue.messages.length === 1 };
}

const pick = ({ runs, queue, clock }: World) => ({ runs, queue, clock });

describe('the watchdog', () => {
  it('counts the runs that are open, and not one whose check-ins are still to be verified', async () => {
    const ended = { status: 'completed', completedAt: now, reportedAt: now } as const;
    const verified = await watched({ ...ended, monitoredAt: now, verification: [toVerify] });
    const open = await watched({ monitoredAt: now });

    expect([verified.gauges?.OpenRuns, open.gauges?.OpenRuns]).toEqual([0, 1]);
  });

  it.each([
    [119_999, false],
    [120_000, true],
  ])('revives a run that nobody looked at for %i ms: %s', async (ago, isRevived) => {
    expect((await watched({ monitoredAt: now - ago })).isRevived).toBe(isRevived);
  });

  it('leaves one alone whose next look is not due', async () => {
    const asleep = { monitoredAt: now - 3_600_000, monitorDueAt: now - 119_999 };
    expect((await watched(asleep)).isRevived).toBe(false);
  });
});

describe('a monitor message that failed for good', () => {
  it.each<[string, Partial<Run>, number]>([
    ['is replaced for a run that is open', {}, 1],
    ['is not for one that is settled', { status: 'completed', reportedAt: now }, 0],
  ])('%s', async (_, run, messages) => {
    const world = await World.of(run);
    await reviveMonitor(world)(aRunId, silentLog);
    expect(world.queue.messages).toHaveLength(messages);
  });
});
