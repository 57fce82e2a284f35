import { createDraw } from '../random.ts';
import type { Dates } from './dates.ts';
import type { FleetSettings } from './fleet-options.ts';
import type { Traits } from './traits.ts';

/** When devices checked in, read and moved by index. Times are milliseconds since 1970. */
export interface CheckIns {
  /** The device's last check-in as of `now`. */
  lastAt(index: number, now: number): number;
  /** Notes that Intune accepted a sync at `now`; the device will answer in its own time. */
  notify(index: number, now: number): void;
  /** When a device that was notified will check in; undefined when none is expected. */
  expectedAt(index: number, now: number): number | undefined;
}

const minuteMs = 60_000;
// "1-5 minutes when online" is what administrators report; "immediately up to a few hours" is what
// Microsoft writes: learn.microsoft.com/intune/intune-service/configuration/device-profile-troubleshoot
const soonMs = [minuteMs, 6 * minuteMs] as const;
const lateMs = [2 * 60 * minuteMs, 8 * 60 * minuteMs] as const;
// A client notes the acceptance when the answer has reached it and been read. However fast the
// clock, a device must not check in during that time: it would look like a check-in from before.
const leastDelayMs = 250;

/**
 * Evaluates check-ins when they are read instead of keeping a timer per device: a million devices
 * take 16 bytes each and cost nothing while nobody looks.
 *
 * @param clockScale simulated milliseconds per real one; 60 makes a minute's delay take a second.
 *   It shortens the delay only: the date reported is the moment the device really came back.
 */
export function createCheckIns(
  fleet: FleetSettings,
  traits: Traits,
  dates: Dates,
  clockScale: number,
): CheckIns {
  const delayDraw = createDraw(fleet.seed, 'delay');
  // 0 means none: no check-in of a simulation happens in 1970.
  const settled = new Float64Array(fleet.devices);
  const expected = new Float64Array(fleet.devices);

  function settle(index: number, now: number): void {
    const due = expected[index] ?? 0;
    if (due === 0 || due > now) return;
    settled[index] = due;
    expected[index] = 0;
  }

  return {
    lastAt(index, now) {
      settle(index, now);
      const at = settled[index] ?? 0;
      return at === 0 ? dates.checkedInBefore(index) : at;
    },
    notify(index, now) {
      settle(index, now);
      const answers = traits.answers(index);
      if (answers === 'never') return;
      const [from, to] = answers === 'late' ? lateMs : soonMs;
      const delayMs = (from + delayDraw(index) * (to - from)) / clockScale;
      const earliest = now + leastDelayMs;
      // A second notification does not delay a device that is already on its way.
      const due = (expected[index] ?? 0) || Math.ceil(now + delayMs);
      expected[index] = Math.max(due, earliest);
    },
    expectedAt(index, now) {
      settle(index, now);
      return (expected[index] ?? 0) || undefined;
    },
  };
}
