import type { Timer } from '@azure/functions';
import { describe, expect, it } from 'vitest';
import { type ScheduledRun, scheduledSyncHandler } from '../../src/functions/scheduled-sync.ts';
import { watchdogHandler } from '../../src/functions/watchdog.ts';
import type { planRun } from '../../src/use-cases/plan-run.ts';
import type { StartResult, startRun } from '../../src/use-cases/start-run.ts';
import { aRun } from '../support/factories.ts';
import { anInvocation } from './support/an-invocation.ts';

const timer: Timer = {
  isPastDue: false,
  schedule: { adjustForDST: false },
  scheduleStatus: { last: '', next: '', lastUpdated: '' },
};

/** What the setting decides about the scheduled run. */
const settings: ScheduledRun = {
  scope: { platforms: ['windows'] },
  skip: { syncedWithinMinutes: 15, enrolledWithinHours: 2 },
  maxDevices: 5_000,
};

/** Fires the schedule over a start that comes to `result`; what was called, in order, and the log. */
async function fire(result: StartResult) {
  const calls: unknown[] = [];
  const start: ReturnType<typeof startRun> = (...args) => {
    calls.push(['start', ...args]);
    return Promise.resolve(result);
  };
  const plan: ReturnType<typeof planRun> = (...args) => {
    calls.push(['plan', ...args]);
    return Promise.resolve();
  };
  const { context, log } = anInvocation();
  await scheduledSyncHandler(start, plan, settings)(timer, context);
  const started = [
    'start',
    { action: 'syncDevice', trigger: 'schedule', requestedBy: 'schedule', ...settings },
    context,
    { isPlannedByCaller: true },
  ];
  return { calls, context, log, started };
}

describe('scheduledSync', () => {
  it('starts a run as the settings say and plans it in the same invocation', async () => {
    const { calls, context, started } = await fire({ kind: 'started', run: aRun() });
    expect(calls).toEqual([started, ['plan', aRun().id, 'invocation-1', context]]);
  });

  it('starts and plans nothing while a run is open, and says which', async () => {
    const { calls, log, started } = await fire({ kind: 'overlap', open: aRun() });
    expect(calls).toEqual([started]);
    expect(log).toEqual([`warning: Run ${aRun().id} is still open; the schedule starts no other`]);
  });

  it('fails, and plans nothing, when the run cannot be started', async () => {
    const start: ReturnType<typeof startRun> = () => Promise.reject(new Error('storage is down'));
    const plan: ReturnType<typeof planRun> = () =>
      Promise.reject(new Error('planned all the same'));
    const handled = scheduledSyncHandler(start, plan, settings)(timer, anInvocation().context);
    await expect(handled).rejects.toThrow('storage is down');
  });
});

describe('watchdog', () => {
  it('looks after the runs, then removes what is too old, with its log', async () => {
    const calls: unknown[] = [];
    const note = (name: string) => (log: unknown) => Promise.resolve(void calls.push([name, log]));
    const { context } = anInvocation();
    await watchdogHandler(note('watch'), note('clean'))(timer, context);
    expect(calls).toEqual([
      ['watch', context],
      ['clean', context],
    ]);
  });

  it('fails when the runs cannot be looked after, so that the host shows it', async () => {
    const failing = () => Promise.reject(new Error('storage is down'));
    const handled = watchdogHandler(failing, () => Promise.resolve())(
      timer,
      anInvocation().context,
    );
    await expect(handled).rejects.toThrow('storage is down');
  });
});
