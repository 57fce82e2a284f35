import type { ListedDevice } from './device.ts';

/**
 * Why a device of the scope gets no command, whatever the command is. After the first of them an
 * action is asked for reasons of its own.
 */
export const skipReasons = [
  'leaving',
  'enrollmentIncomplete',
  'excluded',
  'justEnrolled',
  'syncedRecently',
  'stale',
] as const;

export type SkipReason = (typeof skipReasons)[number];

/** Which devices a run leaves out beyond those that cannot be synced; what is absent is off. */
export interface SkipOptions {
  /** Devices that checked in less than this ago. */
  readonly syncedWithinMinutes?: number;
  /** Devices that were enrolled less than this ago: they check in by themselves every few minutes. */
  readonly enrolledWithinHours?: number;
  /** Devices that have not checked in for longer than this: they will hardly answer. */
  readonly staleDays?: number;
}

export interface SkipContext {
  readonly skip: SkipOptions;
  /** The scope's exclusion names the device. */
  readonly isExcluded: boolean;
  /** Why the command of the run cannot be sent to a device. */
  readonly unsupported: (device: ListedDevice) => string | undefined;
  /** ms since the epoch */
  readonly now: number;
}

interface SkipRule {
  readonly reason: SkipReason;
  readonly applies: (device: ListedDevice, context: SkipContext) => boolean;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A device on its way out must not be told to come back. */
const leavingStates = new Set([
  'retirePending',
  'retireIssued',
  'wipePending',
  'wipeIssued',
  'deletePending',
]);

/** The first rule that applies names the reason. A new rule is one more entry. */
const rules: readonly SkipRule[] = [
  {
    reason: 'enrollmentIncomplete',
    applies: (device) => device.registrationState === 'notRegisteredPendingEnrollment',
  },
  { reason: 'excluded', applies: (_device, { isExcluded }) => isExcluded },
  {
    reason: 'justEnrolled',
    applies: ({ enrolledAt }, { skip, now }) =>
      isWithin(enrolledAt, now, (skip.enrolledWithinHours ?? 0) * HOUR_MS),
  },
  {
    reason: 'syncedRecently',
    applies: ({ lastSyncAt }, { skip, now }) =>
      isWithin(lastSyncAt, now, (skip.syncedWithinMinutes ?? 0) * MINUTE_MS),
  },
  {
    reason: 'stale',
    applies: ({ lastSyncAt }, { skip, now }) =>
      skip.staleDays !== undefined && now - (lastSyncAt ?? 0) > skip.staleDays * DAY_MS,
  },
];

/** The reason to leave `device` out, or `undefined` when a command can be sent to it. */
export function skipReasonOf(device: ListedDevice, context: SkipContext): string | undefined {
  if (leavingStates.has(device.managementState)) return 'leaving';
  return context.unsupported(device) ?? rules.find((rule) => rule.applies(device, context))?.reason;
}

/** Whether a reason is one of the action's own: the command cannot be sent to the device. */
export function isUnsupported(reason: string): boolean {
  return !(skipReasons as readonly string[]).includes(reason);
}

/** Whether `at` is known and less than `durationMs` ago. */
function isWithin(at: number | undefined, now: number, durationMs: number): boolean {
  return at !== undefined && durationMs > 0 && now - at < durationMs;
}
