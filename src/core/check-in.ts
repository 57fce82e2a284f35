/** When a device checked in last, and what else a verification takes from the list. */
export interface CheckIn {
  /** Intune's device id, a GUID in lower case. */
  readonly id: string;
  /** ms since the epoch; `undefined` for a device that never checked in. */
  readonly lastSyncAt: number | undefined;
  /** `company`, `personal`, `unknown`; empty when the list does not say. */
  readonly ownership: string;
}

/** The outcomes that a device can have whose command was accepted. */
export const acceptedOutcomes = ['accepted', 'checkedIn', 'silent', 'gone'] as const;

/** Why a device counts apart: it checked in after the run began, yet before its command. */
export const BY_ITSELF = 'byItself';

/** A device whose command was accepted, and what is known of its check-in. Times are ms. */
export interface AcceptedDevice {
  readonly id: string;
  readonly outcome: (typeof acceptedOutcomes)[number];
  readonly acceptedAt: number;
  readonly isByItself: boolean;
  readonly checkedInAt?: number;
}

/** What a look at the list says of a device. Times are ms since the epoch. */
export type Verdict =
  | {
      readonly outcome: 'checkedIn';
      readonly checkedInAt: number;
      readonly isByItself: boolean;
      readonly ownership: string;
    }
  | {
      readonly outcome: 'silent';
      /** The last check-in before the run. */
      readonly lastSyncAt: number | undefined;
      readonly ownership: string;
    }
  | { readonly outcome: 'gone' };

/** Graph may cut the fraction off the time of a check-in. */
const PRECISION_MS = 1_000;

/**
 * What became of a device whose command was accepted. The only proof of a check-in is that the time
 * of the last one is not before the command's acceptance.
 *
 * @param checkIn `undefined` when the list, which was read to its end, does not have the device
 * @param runBeganAt what happened before is not this run's, ms since the epoch
 */
export function verdictOf(
  { acceptedAt }: Pick<AcceptedDevice, 'acceptedAt'>,
  checkIn: CheckIn | undefined,
  runBeganAt: number,
): Verdict {
  if (checkIn === undefined) return { outcome: 'gone' };
  const { lastSyncAt, ownership } = checkIn;
  if (lastSyncAt === undefined || lastSyncAt < wholeSecond(runBeganAt)) {
    return { outcome: 'silent', lastSyncAt, ownership };
  }
  const isByItself = lastSyncAt < wholeSecond(acceptedAt);
  return { outcome: 'checkedIn', checkedInAt: lastSyncAt, isByItself, ownership };
}

/** The device with a verdict; a device that has checked in keeps what it has. */
export function withVerdict(device: AcceptedDevice, verdict: Verdict): AcceptedDevice {
  const { id, acceptedAt } = device;
  if (verdict.outcome !== 'checkedIn') {
    return { id, acceptedAt, outcome: verdict.outcome, isByItself: false };
  }
  const { outcome, checkedInAt, isByItself } = verdict;
  return { id, acceptedAt, outcome, checkedInAt, isByItself };
}

function wholeSecond(at: number): number {
  return Math.floor(at / PRECISION_MS) * PRECISION_MS;
}
