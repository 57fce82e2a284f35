import type { Schedule } from './schedule.ts';

/** What is remembered of a timer between runs and restarts. */
export interface ScheduleStatus {
  /** The last run; {@link NEVER} before the first. */
  last: Date;
  /** When the next run is due. */
  next: Date;
  /** When this was written. */
  lastUpdated: Date;
}

/** .NET's default date, 0001-01-01, which stands for "never". */
export const NEVER = new Date('0001-01-01T00:00:00Z');

/** Where a timer's status is kept. */
export interface StatusStore {
  read: () => Promise<ScheduleStatus | undefined>;
  write: (status: ScheduleStatus) => Promise<void>;
}

/** What a listener finds when it starts. */
export interface StartState {
  status: ScheduleStatus;
  isPastDue: boolean;
  /** The status is new and has to be written. */
  isChanged: boolean;
}

/**
 * Decides at a start whether an occurrence was missed. It was when the recorded next run has passed,
 * but not when the schedule has changed since: then the next run is computed anew. However many
 * occurrences were missed, one run makes up for them.
 *
 * @param recorded undefined at the first start ever, which is never past due
 */
export function assessStart(
  recorded: ScheduleStatus | undefined,
  schedule: Schedule,
  now: Date,
): StartState {
  if (recorded === undefined) {
    const status = { last: NEVER, next: schedule.next(now), lastUpdated: now };
    return { status, isPastDue: false, isChanged: true };
  }
  const basis = recorded.lastUpdated > NEVER ? recorded.lastUpdated : recorded.last;
  const expected = schedule.next(basis);
  if (expected.getTime() === recorded.next.getTime()) {
    return { status: recorded, isPastDue: now > recorded.next, isChanged: false };
  }
  const next = now > expected ? schedule.next(now) : expected;
  return { status: { last: NEVER, next, lastUpdated: now }, isPastDue: false, isChanged: true };
}

/**
 * The status after a run. A run that fired a little early counts as on time, or its occurrence would
 * come twice; a run by `runOnStartup` does not.
 *
 * @param startedAt when the run started
 */
export function statusAfterRun(
  status: ScheduleStatus,
  schedule: Schedule,
  startedAt: Date,
  isStartupRun: boolean,
): ScheduleStatus {
  const isEarly = status.next > startedAt && !isStartupRun;
  const last = isEarly ? status.next : startedAt;
  return { last, next: schedule.next(last), lastUpdated: last };
}
