import type { FleetGraph, Reply } from './graph.ts';

/** Waits; rejects when the comparison is over. */
export type Sleep = (ms: number) => Promise<void>;

/** The runbook's parameters, with their defaults. */
const BATCH_SIZE = 50;
const BATCH_DELAY_MS = 10_000;
const MAX_ATTEMPTS = 6;
const INITIAL_BACKOFF_MS = 5_000;

/**
 * Syncs a fleet as the runbook does that fleet-sync replaces: one device after the other, ten seconds
 * of rest between batches of 50, and up to six attempts. What it does was observed, and this is
 * written from that: a wait of a fraction of a second is rounded, a wait that is a date ends the
 * attempts, a broken connection is not tried again, and of exactly one device none is synced.
 */
export async function runRunbook(graph: FleetGraph, sleep: Sleep): Promise<void> {
  const ids = await graph.listDeviceIds();
  if (ids.length === 1) return;
  for (const [place, id] of ids.entries()) {
    if (place > 0 && place % BATCH_SIZE === 0) await sleep(BATCH_DELAY_MS);
    await syncPatiently(graph, id, sleep);
  }
}

async function syncPatiently(graph: FleetGraph, id: string, sleep: Sleep): Promise<void> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const reply = await graph.syncDevice(id);
    const waitMs = waitAfter(reply, attempt);
    if (waitMs === undefined || attempt === MAX_ATTEMPTS) return;
    await sleep(waitMs);
  }
}

/** How long it waits before the next attempt, ms; `undefined` when there is none. */
function waitAfter({ status, retryAfter }: Reply, attempt: number): number | undefined {
  if (status !== 429 && status !== 503) return undefined;
  if (retryAfter === undefined) return INITIAL_BACKOFF_MS * 2 ** (attempt - 1);
  const seconds = Number(retryAfter);
  return Number.isNaN(seconds) ? undefined : roundHalfToEven(seconds) * 1000;
}

/** As PowerShell makes an integer of a number: 2.5 becomes 2. */
function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
