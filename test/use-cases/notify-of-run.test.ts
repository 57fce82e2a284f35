import { describe, expect, it } from 'vitest';
import { commandCatalog } from '../../src/core/actions/command-catalog.ts';
import { actions } from '../../src/core/actions/index.ts';
import type { RunNotice } from '../../src/core/notice.ts';
import { cancelRun } from '../../src/use-cases/cancel-run.ts';
import { monitorRun } from '../../src/use-cases/monitor-run.ts';
import { NotifyError, type Ports } from '../../src/use-cases/ports.ts';
import { notifyOfRun } from '../../src/use-cases/notify-of-run.ts';
import { aRun, startOfTest } from '../support/factories.ts';
import { aFleet } from '../support/fleet.ts';
import { InMemoryRunStore } from '../support/in-memory-run-store.ts';
import { InMemoryWriteBudget } from '../support/in-memory-write-budget.ts';
import { Simulation, type SimulationOptions, silentLog } from '../support/simulation.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

/** A receiver that answers each notice as told, and the notices it got with their times. */
interface Receiver {
  readonly notices: RunNotice[];
  readonly times: number[];
}

/** The whole app with a receiver; `fail` gives the failure of an attempt, from 1, or nothing. */
function anApp(
  fail: (attempt: number) => NotifyError | undefined = () => undefined,
  options: Partial<SimulationOptions> = {},
): Simulation & { receiver: Receiver } {
  const receiver: Receiver = { notices: [], times: [] };
  const override = (app: Simulation): Partial<Ports> => ({
    notifier: {
      notify: (notice) => {
        receiver.notices.push(notice);
        receiver.times.push(app.clock.now());
        const error = fail(receiver.notices.length);
        return error === undefined ? Promise.resolve() : Promise.reject(error);
      },
    },
  });
  const app = new Simulation({ fleet: aFleet(60), override, ...options });
  return Object.assign(app, { receiver });
}

const refused = () => new NotifyError('status 500');

describe('a run that ends', () => {
  it('is told of once, with its totals', async () => {
    const app = anApp();
    await app.start({ reason: 'drill' });
    await app.settle();

    expect(app.receiver.notices).toMatchObject([
      { runId: app.run.id, status: 'completed', reason: 'drill', totals: { success: 60 } },
    ]);
    expect(app.run.notice).toMatchObject({ attempts: 1, isOver: true });
  });

  it('is told of once, also when its metrics take several attempts', async () => {
    const notices: RunNotice[] = [];
    const notifier = { notify: (notice: RunNotice) => Promise.resolve(void notices.push(notice)) };
    const telemetry = { emit: () => Promise.reject(new Error('refused')) };
    const app = anApp(undefined, { override: () => ({ notifier, telemetry }) });
    await app.start();
    await app.settle();

    expect(app.run).toMatchObject({ reportAttempts: 9, notice: { isOver: true, attempts: 1 } });
    expect(notices).toHaveLength(1);
  });

  it('is told of when it failed', async () => {
    const app = anApp();
    await app.start({ maxDevices: 1 });
    await app.settle();

    expect(app.receiver.notices).toMatchObject([
      { status: 'failed', problem: { code: 'tooManyDevices' } },
    ]);
  });

  it('is told of when it was cancelled', async () => {
    const app = anApp();
    await app.start();
    await app.settle(3_000);
    await cancelRun(app)(app.run.id, silentLog);
    await app.settle();

    expect(app.receiver.notices).toMatchObject([{ status: 'cancelled' }]);
  });

  it('is told of when it was closed at its deadline', async () => {
    const script = () => ({ status: 429, retryAfterMs: 60_000 });
    const app = anApp(undefined, { script, deadlineMs: 600_000 });
    await app.start();
    await app.settle();

    expect(app.receiver.notices).toMatchObject([{ status: 'timedOut' }]);
  });

  it('is not told of when it was a dry run', async () => {
    const app = anApp();
    await app.start({ dryRun: true });
    await app.settle();

    expect(app.receiver.notices).toEqual([]);
  });

  it('is over as usual while nobody is to be told', async () => {
    const app = new Simulation({ fleet: aFleet(60) });
    await app.start();
    await app.settle();

    expect(app.run).toMatchObject({ status: 'completed' });
    expect(app.run.notice).toBeUndefined();
  });
});

describe('a notice that is not accepted', () => {
  it('is sent again until it is, and the run ended long before', async () => {
    const app = anApp((attempt) => (attempt < 3 ? refused() : undefined));
    await app.start();
    await app.settle();
    const { completedAt = 0, reportedAt = 0 } = app.run;

    expect(app.receiver.notices).toHaveLength(3);
    expect(app.run.notice).toMatchObject({ attempts: 3, isOver: true });
    expect(app.run.status).toBe('completed');
    expect(completedAt).toBeLessThan(app.receiver.times[0] ?? 0);
    expect(reportedAt).toBe(app.receiver.times[0]);
    expect(app.emitted.filter(({ event }) => event === 'RunCompleted')).toHaveLength(1);
  });

  it('is given up in the end, and the run is as it was', async () => {
    const app = anApp(refused);
    await app.start();
    await app.settle();

    expect(app.receiver.notices).toHaveLength(5);
    expect(app.run).toMatchObject({ status: 'completed', totals: { success: 60 } });
    expect(app.queue.messages.filter(({ queue }) => queue !== 'monitor')).toEqual([]);
  });

  it('comes again when its receiver wants it', async () => {
    const later = new NotifyError('status 429', 120_000);
    const app = anApp((attempt) => (attempt === 1 ? later : undefined));
    await app.start();
    await app.settle();
    const [first = 0, second = 0] = app.receiver.times;

    expect(second - first).toBeGreaterThanOrEqual(120_000);
    expect(second - first).toBeLessThan(150_000);
  });

  it('keeps no run open, and delays no other', async () => {
    const app = anApp(refused);
    await app.start();
    await app.settle(60_000);

    expect((await app.start()).kind).toBe('started');
  });
});

describe('a process that dies', () => {
  it.each(['before', 'after'] as const)(
    '%s a notice is sent leaves it to the next',
    async (when) => {
      const undisturbed = anApp();
      await undisturbed.start();
      await undisturbed.settle();
      const call = undisturbed.calls.indexOf('notifier.notify');
      const app = anApp(undefined, { crash: { call, when } });
      await app.start();
      await app.settle();

      expect(app.receiver.notices).toHaveLength(when === 'before' ? 1 : 2);
      expect(new Set(app.receiver.notices.map(({ runId }) => runId))).toEqual(
        new Set([app.run.id]),
      );
      expect(app.run.notice).toMatchObject({ attempts: 2, isOver: true });
    },
  );
});

describe('two monitors at the same moment', () => {
  it('send one notice', async () => {
    const runs = new InMemoryRunStore();
    const notice = { attempts: 0, nextAt: startOfTest, isOver: false };
    const run = aRun({ status: 'completed', reportedAt: startOfTest, notice });
    await runs.create(run);
    let count = 0;
    const notifier = {
      notify: () => {
        count++;
        return Promise.resolve();
      },
    };
    const ports = { runs, notifier, clock: new VirtualClock() };
    await Promise.all([notifyOfRun(ports, run, silentLog), notifyOfRun(ports, run, silentLog)]);

    expect(count).toBe(1);
  });
});

describe('a notice whose setting is gone', () => {
  it('is dropped, so that its run is not looked after for ever', async () => {
    const app = new Simulation({ fleet: aFleet(1) });
    const notice = { attempts: 2, nextAt: startOfTest, isOver: false };
    const run = aRun({ status: 'completed', reportedAt: startOfTest, notice });
    await app.runs.create(run);
    const { runs, ledger, queue, clock } = app;
    const budget = new InMemoryWriteBudget(clock, 8);
    const telemetry = { emit: () => Promise.resolve() };
    const ports = { runs, ledger, queue, budget, clock, telemetry };
    const commands = commandCatalog(actions);
    const aftermath = { verifyAfterMs: [], followUp: () => Promise.resolve() };
    await monitorRun({ ...ports, commands }, aftermath)(run.id, 'message', silentLog);

    expect(app.run.notice).toEqual({ ...notice, isOver: true });
  });
});

describe('the log', () => {
  it('says of a refused notice why, and when it is given up', async () => {
    const lines: string[] = [];
    const note = (line: string) => void lines.push(line);
    const runs = new InMemoryRunStore();
    const notice = { attempts: 4, nextAt: startOfTest, isOver: false };
    const run = aRun({ status: 'completed', reportedAt: startOfTest, notice });
    await runs.create(run);
    const notifier = { notify: () => Promise.reject(refused()) };
    const log = { info: note, warn: note, error: note };
    await notifyOfRun({ runs, notifier, clock: new VirtualClock() }, run, log);

    expect(lines).toEqual([
      `Run ${run.id}: its notification was not accepted (status 500); it is given up`,
    ]);
  });
});
