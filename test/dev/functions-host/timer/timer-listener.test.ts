import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDeferred } from '../../../../dev/functions-host/deferred.ts';
import type { LogEntry } from '../../../../dev/functions-host/log/log.ts';
import type { Listener } from '../../../../dev/functions-host/queue/queue-listener.ts';
import { NEVER } from '../../../../dev/functions-host/timer/schedule-status.ts';
import type {
  ScheduleStatus,
  StatusStore,
} from '../../../../dev/functions-host/timer/schedule-status.ts';
import { parseSchedule } from '../../../../dev/functions-host/timer/schedule.ts';
import type { SingletonLock } from '../../../../dev/functions-host/timer/singleton-lock.ts';
import { startTimerListener } from '../../../../dev/functions-host/timer/timer-listener.ts';
import type { TimerListenerOptions } from '../../../../dev/functions-host/timer/timer-listener.ts';
import { createManualClock } from '../support/manual-clock.ts';
import type { ManualClock } from '../support/manual-clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Runs as they happened: when, and whether past due. */
let runs: { at: string; isPastDue: boolean }[];
let log: LogEntry[];
let clock: ManualClock;
let store: StatusStore & { status?: ScheduleStatus };
let lock: SingletonLock & { isFree: boolean; isDown: boolean };
let listeners: Listener[];

beforeEach(() => {
  runs = [];
  log = [];
  listeners = [];
  clock = createManualClock('2026-04-15T10:20:00Z');
  store = {
    read: () => Promise.resolve(store.status),
    write: (status) => {
      store.status = status;
      return Promise.resolve();
    },
  };
  lock = {
    isFree: true,
    isDown: false,
    acquire: () => (lock.isDown ? Promise.reject(new Error('down')) : Promise.resolve(lock.isFree)),
    renew: () => (lock.isDown ? Promise.reject(new Error('down')) : Promise.resolve(lock.isFree)),
    release: () => Promise.resolve(),
  };
});
afterEach(() => Promise.all(listeners.map((listener) => listener.stop())));

function start(options: Partial<TimerListenerOptions> = {}): void {
  const listener = startTimerListener({
    name: 'hourly',
    schedule: parseSchedule('0 0 * * * *', 'here'),
    statusStore: store,
    runOnStartup: false,
    lock,
    timing: { leaseMs: 15_000, retryMs: MINUTE },
    clock,
    run: (timerInfo) => {
      note(timerInfo);
      return Promise.resolve();
    },
    log: (entry) => log.push(entry),
    ...options,
  });
  listeners.push(listener);
}

function note(timerInfo: string): void {
  const { IsPastDue } = JSON.parse(timerInfo) as { IsPastDue: boolean };
  runs.push({ at: clock.now().toISOString().slice(11, 19), isPastDue: IsPastDue });
}

const onTime = (at: string) => ({ at, isPastDue: false });
const instant = (time: string) => new Date(`2026-04-15T${time}Z`);

describe('a timer', () => {
  test('runs at each occurrence and writes down the last and the next', async () => {
    start();
    await clock.advance(2 * HOUR);
    expect(runs).toEqual([onTime('11:00:00'), onTime('12:00:00')]);
    expect(store.status).toEqual({
      last: instant('12:00:00'),
      next: instant('13:00:00'),
      lastUpdated: instant('12:00:00'),
    });
  });

  test('does not run at its first start, but writes down the next run', async () => {
    start();
    await clock.advance(0);
    expect(runs).toEqual([]);
    expect(store.status).toEqual({
      last: NEVER,
      next: instant('11:00:00'),
      lastUpdated: instant('10:20:00'),
    });
  });

  test('makes up for missed runs with one, at once', async () => {
    const last = instant('07:00:00');
    store.status = { last, next: instant('08:00:00'), lastUpdated: last };
    start();
    await clock.advance(HOUR);
    expect(runs).toEqual([{ at: '10:20:00', isPastDue: true }, onTime('11:00:00')]);
  });

  test('runs once at startup when asked to, also when past due', async () => {
    start({ runOnStartup: true });
    await clock.advance(10 * MINUTE);
    expect(runs).toEqual([onTime('10:20:00')]);
    const last = instant('07:00:00');
    store.status = { last, next: instant('08:00:00'), lastUpdated: last };
    start({ runOnStartup: true });
    await clock.advance(10 * MINUTE);
    expect(runs.slice(1)).toEqual([{ at: '10:30:00', isPastDue: true }]);
  });

  test('never overlaps: occurrences during a long run are skipped but for one', async () => {
    const first = createDeferred<undefined>();
    start({
      run: async (timerInfo) => {
        note(timerInfo);
        if (runs.length === 1) await first.promise;
      },
    });
    await clock.advance(3 * HOUR);
    expect(runs).toEqual([onTime('11:00:00')]);
    first.resolve(undefined);
    await clock.advance(HOUR);
    expect(runs).toEqual([onTime('11:00:00'), onTime('13:20:00'), onTime('14:00:00')]);
  });

  test('goes on after a run that failed', async () => {
    start({
      run: (timerInfo) => {
        note(timerInfo);
        return Promise.reject(new Error('on purpose'));
      },
    });
    await clock.advance(2 * HOUR);
    expect(runs).toEqual([onTime('11:00:00'), onTime('12:00:00')]);
  });

  test('goes on when its status cannot be written', async () => {
    start({ statusStore: { ...store, write: () => Promise.reject(new Error('down')) } });
    await clock.advance(2 * HOUR);
    expect(runs).toEqual([]);
    expect(log[0]?.message).toBe('timer hourly waits for its storage: down');
  });

  test('stops at once, and waits for a run', async () => {
    const gate = createDeferred<undefined>();
    start({ run: () => gate.promise });
    await clock.advance(HOUR);
    const stopped = Promise.all(listeners.map((listener) => listener.stop())).then(() => 'stopped');
    await clock.advance(0);
    expect(await Promise.race([stopped, Promise.resolve('waiting')])).toBe('waiting');
    gate.resolve(undefined);
    expect(await stopped).toBe('stopped');
  });
});

describe('the lock of a timer', () => {
  test('held by another instance keeps this one waiting; it asks again every minute', async () => {
    lock.isFree = false;
    start();
    await clock.advance(HOUR);
    expect(runs).toEqual([]);
    lock.isFree = true;
    await clock.advance(HOUR);
    // What the other one did not run either is past due.
    expect(runs).toEqual([onTime('12:00:00')]);
  });

  test('that is lost ends the schedule here', async () => {
    start();
    await clock.advance(0);
    lock.isFree = false;
    await clock.advance(2 * HOUR);
    expect(runs).toEqual([]);
    expect(log).toEqual([
      { level: 'warning', message: 'timer hourly lost its lock; another instance runs it' },
    ]);
  });

  test('survives a storage that is silent for less than the lease', async () => {
    start();
    await clock.advance(0);
    lock.isDown = true;
    await clock.advance(10_000);
    lock.isDown = false;
    await clock.advance(HOUR);
    expect(runs).toEqual([onTime('11:00:00')]);
    expect(log).toEqual([]);
  });

  test('is asked for every 5 s while the storage does not answer', async () => {
    lock.isDown = true;
    start();
    await clock.advance(20_000);
    lock.isDown = false;
    await clock.advance(HOUR);
    expect(runs).toEqual([onTime('11:00:00')]);
    expect(log.every(({ message }) => message === 'timer hourly waits for its storage: down')).toBe(
      true,
    );
  });
});
