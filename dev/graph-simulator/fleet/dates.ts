import { createDraw } from '../random.ts';
import type { FleetSettings } from './fleet-options.ts';
import type { Traits } from './traits.ts';

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;

/** What Intune reports for "never": 0001-01-01T00:00:00Z, in milliseconds since 1970. */
export const neverMs = Date.parse('0001-01-01T00:00:00Z');

/** Dates of the past, by device index, in milliseconds since 1970. */
export interface Dates {
  enrolledAt(index: number): number;
  /** The last check-in before the simulation began, or `neverMs`. */
  checkedInBefore(index: number): number;
}

/**
 * Spreads the last check-ins from an hour to 14 days ago, with half of them within about 18 hours;
 * devices that are offline were last seen 7 to 90 days ago. Enrolment lies before that, up to three
 * years, and up to 30 days ago for a device that has never checked in.
 *
 * @param startedAt when the simulation began, milliseconds since 1970
 */
export function createDates(fleet: FleetSettings, traits: Traits, startedAt: number): Dates {
  const [ageDraw, enrolledDraw] = [
    createDraw(fleet.seed, 'age'),
    createDraw(fleet.seed, 'enrolled'),
  ];

  function checkedInBefore(index: number): number {
    if (traits.hasNeverSynced(index)) return neverMs;
    const [from, to] =
      traits.answers(index) === 'never' ? [7 * dayMs, 90 * dayMs] : [hourMs, 14 * dayMs];
    return startedAt - logarithmic(from, to, ageDraw(index));
  }

  function enrolledAt(index: number): number {
    const seen = checkedInBefore(index);
    return seen === neverMs
      ? startedAt - logarithmic(3 * hourMs, 30 * dayMs, enrolledDraw(index))
      : seen - logarithmic(dayMs, 3 * 365 * dayMs, enrolledDraw(index));
  }
  return { enrolledAt, checkedInBefore };
}

/** Many small values, few large ones: uniform in the logarithm. */
function logarithmic(from: number, to: number, unit: number): number {
  return Math.round(from * (to / from) ** unit);
}
