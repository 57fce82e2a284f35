import { type Run, isFinal } from './run.ts';

/** Longer ago than this, a start that left no row is over and done with. */
const STARTING_MS = 3_600_000;

/** The cool-down after a run that failed before it sent anything, ms; a shorter one of the rule stays. */
const FAILED_PAUSE_MS = 60_000;

export type AlertVerdict =
  /** A new run may start. */
  | { readonly kind: 'start' }
  /** The last run has no row yet: it is being started, or its start died. */
  | { readonly kind: 'finish' }
  | { readonly kind: 'join'; readonly run: Run }
  | { readonly kind: 'coolingDown'; readonly run: Run; readonly until: number };

/**
 * The lane in which the runs of an alert rule are admitted. It is theirs alone: neither an open run
 * of the schedule or of a caller, urgent or not, nor that of another rule holds them back, and they
 * hold back none. Devices of two such runs get two commands, which is the smaller evil.
 */
export function laneOfRule(rule: string): string {
  return `alert-${rule}`;
}

/**
 * What an alert of a rule comes to, given the rule's last run.
 *
 * @param last when that run was admitted, ms since the epoch, and its row if it has one
 */
export function judgeAlert(
  last: { readonly at: number; readonly run: Run | undefined },
  { cooldownMs, now }: { readonly cooldownMs: number; readonly now: number },
): AlertVerdict {
  const { at, run } = last;
  if (run === undefined) return { kind: now - at < STARTING_MS ? 'finish' : 'start' };
  if (mayBeJoined(run)) return { kind: 'join', run };
  const until = at + (isUnsent(run) ? Math.min(cooldownMs, FAILED_PAUSE_MS) : cooldownMs);
  return now < until ? { kind: 'coolingDown', run, until } : { kind: 'start' };
}

/** A run that was told to stop sends nothing more, so that to join it would be to lose the alert. */
function mayBeJoined(run: Run): boolean {
  return !isFinal(run) && run.stop === undefined;
}

/** Whether the emergency was not answered at all: no plan was made, so nothing was sent. */
function isUnsent({ status, plannedAt }: Run): boolean {
  return status === 'failed' && plannedAt === undefined;
}
