import type { RunStatus } from '../../core/run.ts';

/** How each status reads in a headline. */
export const statusTexts: Readonly<Record<RunStatus, string>> = {
  planning: 'is being planned',
  running: 'is running',
  planned: 'is planned',
  completed: 'completed',
  completedWithErrors: 'completed with errors',
  failed: 'failed',
  cancelled: 'was cancelled',
  timedOut: 'was closed at its deadline',
};

/** Whether a run that ended so needs nobody's attention. */
export function isGood(status: RunStatus): boolean {
  return status === 'completed' || status === 'planned';
}
