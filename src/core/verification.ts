import type { CheckInCounts } from './check-in-tally.ts';
import type { Problem, Run } from './run.ts';

/** One look, after the end of a run, at which of its devices have checked in. Times are ms. */
export interface VerificationPass {
  readonly dueAt: number;
  /** What was found, and when; absent until then. */
  readonly found?: CheckInCounts & { readonly at: number };
  /** How often the fleet could not be listed for it. */
  readonly failures: number;
  /** Not to be tried again before this. */
  readonly retryAt?: number;
  /** Why it was given up; nothing is known of its moment then. */
  readonly problem?: Problem;
  /** When its metrics were handed over, or given up after `reportAttempts`. */
  readonly reportedAt?: number;
  readonly reportAttempts: number;
}

/** After so many failures a look is given up: with the waits between them, half an hour. */
const MAX_FAILURES = 6;

const FIRST_RETRY_MS = 60_000;

/**
 * The looks at a run that ended, none of them made yet. A run that reached no device has none.
 *
 * @param verifyAfterMs how long after the run's end, ascending, ms
 */
export function plannedPasses(
  verifyAfterMs: readonly number[],
  completedAt: number,
  accepted: number,
): readonly VerificationPass[] {
  if (accepted === 0) return [];
  return verifyAfterMs.map((afterMs) => ({
    dueAt: completedAt + afterMs,
    failures: 0,
    reportAttempts: 0,
  }));
}

/** Whether a look is still to be made, however late. */
export function isOpenPass({ found, problem }: VerificationPass): boolean {
  return found === undefined && problem === undefined;
}

/** Whether a look is to be made now. */
export function isDuePass(pass: VerificationPass, now: number): boolean {
  return isOpenPass(pass) && now >= Math.max(pass.dueAt, pass.retryAt ?? 0);
}

/** The newest look that found something; `undefined` before the first. */
export function lastFound(run: Pick<Run, 'verification'>): VerificationPass['found'] {
  return run.verification.findLast(({ found }) => found !== undefined)?.found;
}

/**
 * Takes in what a look found. It stands for every look that was due: after an outage of a day there
 * is nothing left to see of the hours in between.
 *
 * @param at when the fleet was listed
 */
export function withFound(
  passes: readonly VerificationPass[],
  found: CheckInCounts,
  at: number,
): readonly VerificationPass[] {
  return passes.map((pass) => (isDuePass(pass, at) ? { ...pass, found: { ...found, at } } : pass));
}

/**
 * Takes in that the fleet could not be listed: the looks that are due are to be tried again, each
 * time after twice as long, and given up in the end.
 *
 * @param retryAfterMs the wait that Graph asked for, ms; 0 when it did not
 */
export function withFailure(
  passes: readonly VerificationPass[],
  problem: Problem,
  retryAfterMs: number,
  now: number,
): readonly VerificationPass[] {
  return passes.map((pass) => {
    if (!isDuePass(pass, now)) return pass;
    const failures = pass.failures + 1;
    if (failures >= MAX_FAILURES) return { ...pass, failures, problem };
    const ownMs = FIRST_RETRY_MS * 2 ** pass.failures;
    return { ...pass, failures, retryAt: now + Math.max(ownMs, retryAfterMs) };
  });
}
