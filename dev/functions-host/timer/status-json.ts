import { z } from 'zod';
import type { ScheduleStatus } from './schedule-status.ts';

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const schema = z.object({ Last: instant, Next: instant, LastUpdated: instant });

/** A status in the names and the date notation the real host uses. */
export function statusToJson(status: ScheduleStatus): Record<string, string> {
  return {
    Last: formatInstant(status.last),
    Next: formatInstant(status.next),
    LastUpdated: formatInstant(status.lastUpdated),
  };
}

/** Reads what {@link statusToJson} wrote; undefined when it is something else. */
export function statusFromJson(text: string): ScheduleStatus | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) return undefined;
  const { Last, Next, LastUpdated } = parsed.data;
  return { last: Last, next: Next, lastUpdated: LastUpdated };
}

/**
 * The `TimerInfo` the library turns into the function's argument.
 *
 * @param status undefined when the timer is not monitored
 */
export function timerInputJson(status: ScheduleStatus | undefined, isPastDue: boolean): string {
  return JSON.stringify({
    Schedule: { AdjustForDST: true },
    ScheduleStatus: status === undefined ? null : statusToJson(status),
    IsPastDue: isPastDue,
  });
}

/** `2026-11-28T06:36:37+00:00`; milliseconds only when there are some. */
function formatInstant(instant: Date): string {
  return instant.toISOString().replace(/(\.\d{3})Z$/, (_, fraction: string) => {
    return fraction === '.000' ? '+00:00' : `${fraction}+00:00`;
  });
}
