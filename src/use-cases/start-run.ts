import { type RunRequest, newRun } from '../core/new-run.ts';
import { notStarted } from '../core/problems.ts';
import { stopRun } from '../core/run-end.ts';
import { newRunId } from '../core/run-id.ts';
import type { Run } from '../core/run.ts';
import { admitRun } from './admit-run.ts';
import { MONITOR_INTERVAL_MS } from './monitor-run.ts';
import { type Log, type Ports, RunExistsError } from './ports.ts';
import { type Idempotency, type Repetition, startOnce } from './start-once.ts';

export interface StartRunSettings {
  /** How long a run may be open, ms. */
  readonly deadlineMs: number;
}

export interface StartRunOptions {
  /** The caller plans the run itself, in this invocation: no message goes to the plan queue. */
  readonly isPlannedByCaller?: boolean;
  /** The run's id when it was needed before; absent: a new one. */
  readonly id?: string;
  readonly idempotency?: Idempotency;
}

export type StartResult =
  | { readonly kind: 'started'; readonly run: Run }
  | Repetition
  /** The caller started too many lately. */
  | { readonly kind: 'tooMany'; readonly retryAfterMs: number }
  /** An open run stands in the way. */
  | { readonly kind: 'overlap'; readonly open: Run };

type StartPorts = Pick<
  Ports,
  'runs' | 'queue' | 'openRuns' | 'keys' | 'starts' | 'budget' | 'clock' | 'random'
>;

/**
 * Starts a run: its row first, then its messages. When the messages cannot be sent the run is
 * failed, so that a caller who was told of the error does not meet the run later; if even that
 * fails, the watchdog takes the run up.
 */
export function startRun(ports: StartPorts, { deadlineMs }: StartRunSettings) {
  return async (
    request: RunRequest,
    log: Log,
    options: StartRunOptions = {},
  ): Promise<StartResult> => {
    const { clock, random } = ports;
    const now = clock.now();
    const run = newRun(options.id ?? newRunId(now, random), request, now, deadlineMs);
    const wanted = { id: run.id, at: now };
    return startOnce(ports, wanted, options.idempotency, () => begin(ports, run, options, log));
  };
}

async function begin(
  ports: StartPorts,
  run: Run,
  options: StartRunOptions,
  log: Log,
): Promise<StartResult> {
  const retryAfterMs = await drawStart(ports, run);
  if (retryAfterMs !== undefined) return { kind: 'tooMany', retryAfterMs };
  // A dry run sends nothing, so nothing stands in its way, nor it in anything's.
  const open = run.dryRun ? undefined : await admitRun(ports, run);
  if (open !== undefined) return { kind: 'overlap', open };
  await launch(ports, run, options);
  log.info(`Run ${run.id}: started by ${run.trigger}`);
  return { kind: 'started', run };
}

/**
 * Counts what a caller starts, dry runs too: they list the fleet. The schedule starts what it must, and
 * a repeated request was told of its run before this, however many the caller started since.
 */
async function drawStart({ starts }: StartPorts, run: Run): Promise<number | undefined> {
  return run.trigger === 'schedule' ? undefined : starts.draw(run.requestedBy);
}

async function launch(
  { runs, queue, budget, clock }: StartPorts,
  run: Run,
  { isPlannedByCaller = false }: StartRunOptions,
): Promise<void> {
  await createOnce(runs, run);
  try {
    if (!isPlannedByCaller) await queue.enqueuePlan(run.id, 0);
    await queue.enqueueMonitor(run.id, MONITOR_INTERVAL_MS);
    if (run.priority === 'urgent' && !run.dryRun) await budget.announceUrgent();
  } catch (error) {
    await runs.update(run.id, (current) => stopRun(current, 'failed', notStarted(), clock.now()));
    throw error;
  }
}

/**
 * The run's id is new, so a row that has it is this start's own: the storage client repeats a write
 * whose answer was lost on its way.
 */
async function createOnce(runs: Pick<Ports['runs'], 'create'>, run: Run): Promise<void> {
  try {
    await runs.create(run);
  } catch (error) {
    if (!(error instanceof RunExistsError)) throw error;
  }
}
