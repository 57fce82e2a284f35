import type { RunNotice } from '../../core/notice.ts';

/** Who is told of runs that ended. */
export interface Notifier {
  /**
   * One attempt, of a few seconds at most.
   *
   * @throws NotifyError when the notice was not accepted
   */
  notify: (notice: RunNotice) => Promise<void>;
}
