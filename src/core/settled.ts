import { type Run, isFinal } from './run.ts';
import { type VerificationPass, isDuePass, isOpenPass, lastFound } from './verification.ts';

/** How often a run is looked at while something is being done for it after its end, ms. */
const BUSY_INTERVAL_MS = 60_000;

/** How soon it is looked at again while somebody is still to be told of it, ms. */
const TELL_INTERVAL_MS = 10_000;

/** Whether nothing is left to be done for a run: it ended, and all that it found was handed over. */
export function isSettled(run: Run): boolean {
  return isReported(run) && !run.verification.some(isUnfinished) && !isRenudgeOpen(run);
}

/** Whether a run ended and whoever is to know of it does; only its verification may go on. */
function isReported(run: Run): boolean {
  return isFinal(run) && run.reportedAt !== undefined && !isNoticeOpen(run);
}

function isNoticeOpen({ notice }: Run): boolean {
  return notice?.isOver === false;
}

/** Whether the silent devices of a run are to be sent to once more, and that has not been decided. */
export function isRenudgeOpen(run: Run): boolean {
  return run.renudge === true && run.renudgedAt === undefined && lastFound(run) !== undefined;
}

/**
 * When a run that ended and is not settled is to be looked at next, ms since the epoch: at its next
 * verification, or soon while there is something to do.
 */
export function nextLookAt(run: Run, now: number): number {
  const soon = now + TELL_INTERVAL_MS;
  if (isNoticeOpen(run)) return soon;
  const reportAt = run.reportedAt === undefined ? [Math.max(soon, run.reportRetryAt ?? 0)] : [];
  const open = run.verification.filter(isOpenPass);
  const isBusy =
    isRenudgeOpen(run) ||
    open.some((pass) => isDuePass(pass, now)) ||
    run.verification.some(isUnreported);
  const verifyAt = isBusy
    ? [now + BUSY_INTERVAL_MS]
    : open.map(({ dueAt, retryAt = 0 }) => Math.max(dueAt, retryAt));
  return Math.min(...reportAt, ...verifyAt);
}

/** Whether the metrics of a look are still to be handed over. */
export function isUnreported({ found, reportedAt }: VerificationPass): boolean {
  return found !== undefined && reportedAt === undefined;
}

function isUnfinished(pass: VerificationPass): boolean {
  return isOpenPass(pass) || isUnreported(pass);
}
