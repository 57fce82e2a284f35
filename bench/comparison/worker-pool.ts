import pMap from 'p-map';
import type { FleetGraph } from './graph.ts';
import type { Sleep } from './runbook.ts';

/** Requests at once. */
export const POOL_WORKERS = 32;

/** As many attempts as the runbook and fleet-sync make of a device that fails. */
const MAX_ATTEMPTS = 6;

/** Says how long a worker waits that was throttled, ms. */
export type ThrottledWait = (retryAfter: string | undefined, attempt: number) => number;

/** As long as Graph asks for. */
export const asToldByGraph: ThrottledWait = (retryAfter) => Number(retryAfter ?? 1) * 1000;

/** 1, 2, 4, 8 s and so on, whatever Graph asks for. */
export const backingOff: ThrottledWait = (_, attempt) => 1000 * 2 ** (attempt - 1);

/**
 * Syncs a fleet as a tool does that goes parallel without a shared budget: each worker takes the next
 * device, and one that is throttled waits by itself.
 */
export function runWorkerPool(waitOf: ThrottledWait) {
  return async (graph: FleetGraph, sleep: Sleep): Promise<void> => {
    const ids = await graph.listDeviceIds();
    await pMap(ids, (id) => syncAlone(graph, id, sleep, waitOf), { concurrency: POOL_WORKERS });
  };
}

async function syncAlone(
  graph: FleetGraph,
  id: string,
  sleep: Sleep,
  waitOf: ThrottledWait,
): Promise<void> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const { status, retryAfter } = await graph.syncDevice(id);
    if (status !== 429 || attempt === MAX_ATTEMPTS) return;
    await sleep(waitOf(retryAfter, attempt));
  }
}
