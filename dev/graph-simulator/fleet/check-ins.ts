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
}

const minuteMs = 60_000;
// "1-5 minutes when online" is what administrators report; "immediately up to a few hours" is what
// Microsoft writes about notifications (facts/graph.md section 8).
const soonMs = [minuteMs, 6 * minuteMs] as const;
const lateMs = [2 * 60 * minuteMs, 8 * 60 * minuteMs] as const;

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
      // A second notification does not delay a device that is already on its way.
      if (answers === 'never' || expected[index] !== 0) return;
      const [from, to] = answers === 'late' ? lateMs : soonMs;
      expected[index] = now + (from + delayDraw(index) * (to - from)) / clockScale;
    },
  };
}
