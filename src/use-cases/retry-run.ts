import { isFinal } from '../core/run.ts';
import type { Log, Ports } from './ports.ts';
import type { StartResult, StartRunOptions, startRun } from './start-run.ts';

export type RetryResult =
  | StartResult
  | { readonly kind: 'unknown' }
  /** The run is still open, or a dry run. */
  | { readonly kind: 'notEnded' }
  /** No device of the run has one of the outcomes. */
  | { readonly kind: 'nothing' };

/** Starts a run over the devices of an ended one that have one of the given outcomes. */
export function retryRun(
  { runs, ledger }: Pick<Ports, 'runs' | 'ledger'>,
  start: ReturnType<typeof startRun>,
) {
  return async (
    id: string,
    request: {
      readonly outcomes: readonly string[];
      readonly requestedBy: string;
      readonly reason?: string;
    },
    log: Log,
    options: StartRunOptions = {},
  ): Promise<RetryResult> => {
    const ended = await runs.get(id);
    if (ended === undefined) return { kind: 'unknown' };
    if (!isFinal(ended) || ended.status === 'planned') return { kind: 'notEnded' };
    const { outcomes, ...rest } = request;
    const { value } = await ledger.listDevices(id, { outcomes, limit: 1 });
    if (value.length === 0) return { kind: 'nothing' };
    const { action, parameters, mode, priority, scope, ignorePartialFailures } = ended;
    const decided = { action, parameters, mode, priority, scope, ignorePartialFailures };
    const source = { kind: 'retry', runId: id, outcomes } as const;
    const result = await start({ ...decided, source, trigger: 'retry', ...rest }, log, options);
    if (result.kind !== 'started' && result.kind !== 'repeated') return result;
    const retriedBy = result.run.id;
    // A repeated request makes good what an earlier one, which died here, left out.
    await runs.update(id, (current) =>
      current.retriedBy.includes(retriedBy)
        ? undefined
        : { ...current, retriedBy: [...current.retriedBy, retriedBy] },
    );
    return result;
  };
}
