import { noticeOf } from '../core/notice.ts';
import { type NoticeState, attemptNotice, failNotice, isNoticeDue } from '../core/notice-state.ts';
import type { Run } from '../core/run.ts';
import { type Log, NotifyError, type Ports } from './ports.ts';

type NotifyPorts = Pick<Ports, 'runs' | 'notifier' | 'clock'>;

/**
 * Tells of an ended run, if that is due: one attempt, after which the run's monitor comes again. A
 * crash in it is followed by another attempt, so that a notice may arrive twice but is not lost.
 * Whatever becomes of it, the run's outcome is not touched.
 */
export async function notifyOfRun(ports: NotifyPorts, run: Run, log: Log): Promise<void> {
  const { runs, notifier, clock } = ports;
  if (run.notice === undefined || run.notice.isOver) return;
  if (notifier === undefined) {
    // The setting is gone since the run ended: nobody is to be told any more.
    await settle(runs, run.id, { ...run.notice, isOver: true });
    return;
  }
  const notice = await claimAttempt(ports, run.id);
  if (notice === undefined) return;
  try {
    await notifier.notify(noticeOf(run));
    await settle(runs, run.id, { ...notice, isOver: true });
  } catch (error) {
    if (!(error instanceof NotifyError)) throw error;
    const { message, retryAfterMs } = error;
    const failed = failNotice(notice, { retryAfterMs, now: clock.now() });
    await settle(runs, run.id, failed);
    const end = failed.isOver ? '; it is given up' : '';
    log.warn(`Run ${run.id}: its notification was not accepted (${message})${end}`);
  }
}

/** Takes the attempt that is due; `undefined` when none is, or another one takes it. */
async function claimAttempt(
  { runs, clock }: NotifyPorts,
  runId: string,
): Promise<NoticeState | undefined> {
  const now = clock.now();
  const taken: { notice: NoticeState | undefined } = { notice: undefined };
  await runs.update(runId, (current) => {
    const isDue = current.notice !== undefined && isNoticeDue(current.notice, now);
    taken.notice = isDue ? attemptNotice(current.notice, now) : undefined;
    return taken.notice === undefined ? undefined : { ...current, notice: taken.notice };
  });
  return taken.notice;
}

async function settle(runs: Ports['runs'], runId: string, notice: NoticeState): Promise<void> {
  await runs.update(runId, (current) => ({ ...current, notice }));
}
