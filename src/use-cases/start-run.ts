import { type RunRequest, newRun } from '../core/new-run.ts';
import { notStarted } from '../core/problems.ts';
import { stopRun } from '../core/run-end.ts';
import { newRunId } from '../core/run-id.ts';
import type { Run } from '../core/run.ts';
import { admitRun } from './admit-run.ts';
import { awaitRun } from './await-run.ts';
import { MONITOR_INTERVAL_MS } from './monitor-run.ts';
import type { KeyEntry, Log, Ports } from './ports.ts';

export interface StartRunSettings {
  /** How long a run may be open, ms. */
  readonly deadlineMs: number;
}

export interface StartRunOptions {
  /** The caller plans the run itself, in this invocation: no message goes to the plan queue. */
  readonly isPlannedByCaller?: boolean;
  /** The run's id when it was needed before; absent: a new one. */
  readonly id?: string;
  /** A key by which a repeated request finds its run, with what tells its requests apart. */
  readonly idempotency?: { readonly key: string; readonly fingerprint: string };
}

export type StartResult =
  | { readonly kind: 'started'; readonly run: Run }
  /** The request was made before, with the same key. */
  | { readonly kind: 'repeated'; readonly run: Run }
  /** The caller started too many lately. */
  | { readonly kind: 'tooMany'; readonly retryAfterMs: number }
  /** An open run stands in the way. */
  | { readonly kind: 'overlap'; readonly open: Run }
  /** The key was used for another request. */
  | { readonly kind: 'keyReused' };

type StartPorts = Pick<
  Ports,
  'runs' | 'queue' | 'openRuns' | 'keys' | 'starts' | 'budget' | 'clock' | 'random'
>;

/** How long a key is kept, ms. */
export const KEY_LIFETIME_MS = 24 * 3_600_000;

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
    const { clock, random, keys } = ports;
    const { idempotency } = options;
    const now = clock.now();
    const run = newRun(options.id ?? newRunId(now, random), request, now, deadlineMs);
    if (idempotency !== undefined) {
      const earlier = await claimKey(ports, run, idempotency);
      if (earlier !== undefined) return earlier;
    }
    // Behind the key: a repeated request is told of its run, however many it started since.
    const retryAfterMs = await drawStart(ports, run);
    if (retryAfterMs !== undefined) {
      if (idempotency !== undefined) await keys.release(idempotency.key, run.id);
      return { kind: 'tooMany', retryAfterMs };
    }
    // A dry run sends nothing, so nothing stands in its way, nor it in anything's.
    const open = run.dryRun ? undefined : await admitRun(ports, run);
    if (open !== undefined) {
      if (idempotency !== undefined) await keys.release(idempotency.key, run.id);
      return { kind: 'overlap', open };
    }
    await launch(ports, run, options);
    log.info(`Run ${run.id}: started by ${run.trigger}`);
    return { kind: 'started', run };
  };
}

/** Takes the key for the run; the result to answer with when an earlier request has it. */
async function claimKey(
  ports: StartPorts,
  run: Run,
  { key, fingerprint }: { key: string; fingerprint: string },
): Promise<StartResult | undefined> {
  const mine: KeyEntry = { runId: run.id, fingerprint, at: run.createdAt };
  const isExpired = ({ at }: KeyEntry) => run.createdAt - at > KEY_LIFETIME_MS;
  const entry = await ports.keys.claim(key, mine, isExpired);
  if (entry.runId === run.id) return undefined;
  if (entry.fingerprint !== fingerprint) return { kind: 'keyReused' };
  const earlier = await awaitRun(ports, entry.runId);
  if (earlier !== undefined) return { kind: 'repeated', run: earlier };
  // The earlier request died before its run had a row.
  const taken = await ports.keys.claim(key, mine, ({ runId }) => runId === entry.runId);
  if (taken.runId === run.id) return undefined;
  const winner = await awaitRun(ports, taken.runId);
  return winner === undefined ? undefined : { kind: 'repeated', run: winner };
}

/** Counts what a caller starts, dry runs too: they list the fleet. The schedule starts what it must. */
async function drawStart({ starts }: StartPorts, run: Run): Promise<number | undefined> {
  return run.trigger === 'schedule' ? undefined : starts.draw(run.requestedBy);
}

async function launch(
  { runs, queue, budget, clock }: StartPorts,
  run: Run,
  { isPlannedByCaller = false }: StartRunOptions,
): Promise<void> {
  await runs.create(run);
  try {
    if (!isPlannedByCaller) await queue.enqueuePlan(run.id, 0);
    await queue.enqueueMonitor(run.id, MONITOR_INTERVAL_MS);
    if (run.priority === 'urgent' && !run.dryRun) await budget.announceUrgent();
  } catch (error) {
    await runs.update(run.id, (current) => stopRun(current, 'failed', notStarted(), clock.now()));
    throw error;
  }
}
