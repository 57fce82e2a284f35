import type { AcceptedDevice } from './check-in.ts';

/**
 * What a verification found. `checkedIn + byItself + silent + gone` is the number of the run's
 * accepted devices.
 */
export interface CheckInCounts {
  /** Checked in after their command was accepted. */
  readonly checkedIn: number;
  /** Checked in after the run began, yet before their command; the run cannot claim them. */
  readonly byItself: number;
  readonly silent: number;
  /** Deleted from Intune since. */
  readonly gone: number;
  /** From acceptance to check-in, of those that checked in; absent without any. */
  readonly medianMinutes?: number;
  readonly p90Minutes?: number;
}

export interface CheckInTally {
  readonly add: (device: AcceptedDevice) => void;
  readonly counts: () => CheckInCounts;
}

/** Counts devices one at a time; it holds eight bytes of each that checked in. */
export function checkInTally(): CheckInTally {
  const delaysMs: number[] = [];
  let [byItself, silent, gone] = [0, 0, 0];
  return {
    add({ outcome, isByItself, acceptedAt, checkedInAt = acceptedAt }) {
      if (outcome === 'gone') gone++;
      else if (outcome !== 'checkedIn') silent++;
      else if (isByItself) byItself++;
      else delaysMs.push(Math.max(0, checkedInAt - acceptedAt));
    },
    counts() {
      const sorted = Float64Array.from(delaysMs).sort();
      const [median, p90] = [quantile(sorted, 0.5), quantile(sorted, 0.9)];
      return {
        checkedIn: sorted.length,
        byItself,
        silent,
        gone,
        ...(median === undefined ? {} : { medianMinutes: median / 60_000 }),
        ...(p90 === undefined ? {} : { p90Minutes: p90 / 60_000 }),
      };
    },
  };
}

/** The smallest value that the given share of all values does not exceed (nearest rank). */
function quantile(sorted: Float64Array, share: number): number | undefined {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
