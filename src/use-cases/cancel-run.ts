import { stopRun } from '../core/run-end.ts';
import { type Run, isFinal } from '../core/run.ts';
import type { Log, Ports } from './ports.ts';

export type CancelResult =
  | { readonly kind: 'cancelled'; readonly run: Run }
  | { readonly kind: 'final'; readonly run: Run }
  | { readonly kind: 'unknown' };

/**
 * Tells a run to stop. Workers look before every chunk, so nothing is sent once this is written but
 * what is on its way; the monitor closes what is left. What was sent stays sent.
 */
export function cancelRun({ runs, clock }: Pick<Ports, 'runs' | 'clock'>) {
  return async (id: string, log: Log): Promise<CancelResult> => {
    const before = await runs.get(id);
    if (before === undefined) return { kind: 'unknown' };
    if (isFinal(before)) return { kind: 'final', run: before };
    const run = await runs.update(id, (current) =>
      isFinal(current) ? undefined : stopRun(current, 'cancelled', undefined, clock.now()),
    );
    const isCancelled = run.stop?.status === 'cancelled' || run.status === 'cancelled';
    // It ended, or was stopped for another reason, in this very moment.
    if (!isCancelled) return { kind: 'final', run };
    log.info(`Run ${id}: told to stop`);
    return { kind: 'cancelled', run };
  };
}
