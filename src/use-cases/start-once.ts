import { failedToStart } from '../core/run-end.ts';
import type { Run } from '../core/run.ts';
import { awaitRun } from './await-run.ts';
import type { KeyEntry, Ports } from './ports.ts';

/** A key by which a repeated request finds its run, with what tells its requests apart. */
export interface Idempotency {
  readonly key: string;
  readonly fingerprint: string;
}

/** What became of a request whose key was used before. */
export type Repetition =
  /** The request was made before, with the same key. */
  | { readonly kind: 'repeated'; readonly run: Run }
  /** The key was used for another request. */
  | { readonly kind: 'keyReused' };

/** How long a key is kept, ms. */
export const KEY_LIFETIME_MS = 24 * 3_600_000;

/**
 * Starts what a request asks for, unless the same request did so before. A request that started
 * nothing, since it was refused, died or could not send its run's messages, may be made again with its
 * key.
 *
 * @param wanted the run's id, and when it is asked for, ms since the epoch
 * @param idempotency `undefined`: the request cannot be told from others, and is started
 * @param start returns something of the kind `started` when it started the run
 */
export async function startOnce<Result extends { readonly kind: string }>(
  ports: Pick<Ports, 'runs' | 'keys' | 'clock'>,
  wanted: { readonly id: string; readonly at: number },
  idempotency: Idempotency | undefined,
  start: () => Promise<Result>,
): Promise<Result | Repetition> {
  if (idempotency === undefined) return start();
  const earlier = await claimKey(ports, wanted, idempotency);
  if (earlier !== undefined) return earlier;
  // When this throws, the key stays with the run: nobody knows whether it has a row.
  const result = await start();
  if (result.kind !== 'started') await ports.keys.release(idempotency.key, wanted.id);
  return result;
}

/** The run of an earlier start; `undefined` when that start died, or failed before it began. */
export async function startedRun(
  ports: Pick<Ports, 'runs' | 'clock'>,
  id: string,
): Promise<Run | undefined> {
  const run = await awaitRun(ports, id);
  return run === undefined || failedToStart(run) ? undefined : run;
}

/**
 * Takes the key for a run; the result to answer with when an earlier request has it. Of several that
 * take over the key of a run that never was, one gets it and the others wait for its run.
 */
async function claimKey(
  ports: Pick<Ports, 'runs' | 'keys' | 'clock'>,
  { id, at }: { readonly id: string; readonly at: number },
  { key, fingerprint }: Idempotency,
): Promise<Repetition | undefined> {
  let isOver = (entry: KeyEntry) => at - entry.at > KEY_LIFETIME_MS;
  for (;;) {
    const entry = await ports.keys.claim(key, { runId: id, fingerprint, at }, isOver);
    if (entry.runId === id) return undefined;
    if (entry.fingerprint !== fingerprint) return { kind: 'keyReused' };
    const run = await startedRun(ports, entry.runId);
    if (run !== undefined) return { kind: 'repeated', run };
    isOver = ({ runId }) => runId === entry.runId;
  }
}
