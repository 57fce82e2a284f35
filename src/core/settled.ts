import { type Run, isFinal } from './run.ts';
import { type VerificationPass, isDuePass, isOpenPass, lastFound } from './verification.ts';

/** How often a run is looked at while something is being done for it after its end, ms. */
const BUSY_INTERVAL_MS = 60_000;

/** Whether nothing is left to be done for a run: it ended, and all that it found was handed over. */
export function isSettled(run: Run): boolean {
  return isReported(run) && !run.verification.some(isUnfinished) && !isRenudgeOpen(run);
}

/** Whether a run ended and whoever is to know of it does; only its verification may go on. */
export function isReported(run: Pick<Run, 'status' | 'reportedAt' | 'notice'>): boolean {
  return isFinal(run) && run.reportedAt !== undefined && run.notice?.isOver !== false;
}

/** Whether the silent devices of a run are to be sent to once more, and that has not been decided. */
export function isRenudgeOpen(run: Run): boolean {
  return run.renudge === true && run.renudgedAt === undefined && lastFound(run) !== undefined;
}

/**
 * When a reported run is to be looked at next, ms since the epoch: at its next verification, or
 * soon while there is something to do.
 */
export function nextLookAt(run: Run, now: number): number {
  const open = run.verification.filter(isOpenPass);
  const isBusy =
    isRenudgeOpen(run) ||
    open.some((pass) => isDuePass(pass, now)) ||
    run.verification.some(isUnreported);
  if (isBusy) return now + BUSY_INTERVAL_MS;
  return Math.min(...open.map(({ dueAt, retryAt = 0 }) => Math.max(dueAt, retryAt)));
}

/** Whether the metrics of a look are still to be handed over. */
export function isUnreported({ found, reportedAt }: VerificationPass): boolean {
  return found !== undefined && reportedAt === undefined;
}

function isUnfinished(pass: VerificationPass): boolean {
  return isOpenPass(pass) || isUnreported(pass);
}
