import { setTimeout as sleep } from 'node:timers/promises';
import type { GraphSimulator } from '../../dev/graph-simulator/index.ts';

/** A run that has sent nothing after this is not going to, ms. */
const TIMEOUT_MS = 120_000;

/**
 * Waits until the first device write has reached Graph.
 *
 * @throws Error when none comes within two minutes
 */
export async function untilFirstWrite(
  graph: Pick<GraphSimulator, 'statistics'>,
  signal: AbortSignal,
): Promise<void> {
  const deadline = performance.now() + TIMEOUT_MS;
  while (graph.statistics().lastWriteAt === null) {
    if (performance.now() > deadline) {
      throw new Error(`No device write reached Graph within ${TIMEOUT_MS / 1000} s.`);
    }
    await sleep(20, undefined, { signal });
  }
}
