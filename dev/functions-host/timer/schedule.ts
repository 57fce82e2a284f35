import { ConfigurationError } from '../settings/configuration-error.ts';
import { parseTimeSpan } from '../settings/time-span.ts';
import { parseNcrontab } from '../../../src/schedule/ncrontab.ts';

/** When a timer fires. */
export interface Schedule {
  /** The first occurrence after an instant, in UTC. */
  next: (after: Date) => Date;
}

/** Below this distance of occurrences the real host keeps no status of a timer. */
const MONITOR_LEAST_MS = 60_000;
/** So many occurrences are looked at. */
const SAMPLES = 5;

/**
 * Reads a timer's schedule: NCRONTAB, or a TimeSpan `hh:mm:ss` between occurrences.
 *
 * @param where what holds it, for the error
 * @throws ConfigurationError that says what is wrong, with an example
 */
export function parseSchedule(text: string, where: string): Schedule {
  const intervalMs = text.includes(':') ? parseTimeSpan(text) : undefined;
  if (intervalMs !== undefined && intervalMs > 0) {
    return { next: (after) => new Date(after.getTime() + intervalMs) };
  }
  try {
    return { next: parseNcrontab(text) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError(
      `${where} '${text}' is not an NCRONTAB expression: ${reason}; every 5 minutes is '0 */5 * * * *'`,
      { cause: error },
    );
  }
}

/** Whether occurrences are less than a minute apart, in which case a timer is not monitored. */
export function isTooFrequentToMonitor(schedule: Schedule, now: Date): boolean {
  let previous = schedule.next(now);
  for (let sample = 1; sample < SAMPLES; sample++) {
    const next = schedule.next(previous);
    if (next.getTime() - previous.getTime() < MONITOR_LEAST_MS) return true;
    previous = next;
  }
  return false;
}
