import type { Timer } from '@azure/functions';
import { describe, expect, it } from 'vitest';
import { scheduledSyncHandler } from '../../src/functions/scheduled-sync.ts';
import { watchdogHandler } from '../../src/functions/watchdog.ts';
import type { planRun } from '../../src/use-cases/plan-run.ts';
import type { startRun } from '../../src/use-cases/start-run.ts';
import { aRun } from '../support/factories.ts';
import { anInvocation } from './support/an-invocation.ts';

const timer: Timer = {
  isPastDue: false,
  schedule: { adjustForDST: false },
  scheduleStatus: { last: '', next: '', lastUpdated: '' },
};

describe('scheduledSync', () => {
  it('starts a run of its own and plans it in the same invocation', async () => {
    const calls: unknown[] = [];
    const start: ReturnType<typeof startRun> = (...args) => {
      calls.push(['start', ...args]);
      return Promise.resolve(aRun());
    };
    const plan: ReturnType<typeof planRun> = (...args) => {
      calls.push(['plan', ...args]);
      return Promise.resolve();
    };
    const { context } = anInvocation();
    await scheduledSyncHandler(start, plan)(timer, context);
    expect(calls).toEqual([
      [
        'start',
        { action: 'syncDevice', trigger: 'schedule', requestedBy: 'schedule' },
        context,
        { isPlannedByCaller: true },
      ],
      ['plan', aRun().id, 'invocation-1', context],
    ]);
  });

  it('fails, and plans nothing, when the run cannot be started', async () => {
    const start: ReturnType<typeof startRun> = () => Promise.reject(new Error('storage is down'));
    const plan: ReturnType<typeof planRun> = () =>
      Promise.reject(new Error('planned all the same'));
    const handled = scheduledSyncHandler(start, plan)(timer, anInvocation().context);
    await expect(handled).rejects.toThrow('storage is down');
  });
});

describe('watchdog', () => {
  it('looks after the runs, with its log', async () => {
    const logs: unknown[] = [];
    const { context } = anInvocation();
    await watchdogHandler((log) => Promise.resolve(void logs.push(log)))(timer, context);
    expect(logs).toEqual([context]);
  });
});
