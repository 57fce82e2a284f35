import type { Log } from '../log/log.ts';
import type { Clock } from './clock.ts';
import type { SingletonLock } from './singleton-lock.ts';

/** Times of a timer's singleton lock. */
export interface LockTiming {
  /** Length of the lease: 60 s in Azure, 15 s in Development. */
  leaseMs: number;
  /** How often an instance without the lock asks for it: 60 s in the real host. */
  retryMs: number;
}

/** Wait after an attempt that failed because the storage did not answer. */
const TROUBLE_RETRY_MS = 5_000;

/** What holding a lock takes. */
export interface LockHolding {
  /** Name of the timer, for the log. */
  name: string;
  lock: SingletonLock;
  timing: LockTiming;
  clock: Clock;
  log: Log;
}

/**
 * Runs `work` whenever this instance holds the lock, until the signal aborts. `work` gets a signal
 * that also aborts when the lock is lost; after a loss the lock is asked for again.
 */
export async function whileHoldingLock(
  holding: LockHolding,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const { lock, timing, clock, log, name } = holding;
  while (!signal.aborted) {
    let retryMs = timing.retryMs;
    try {
      if (await lock.acquire()) await workUnderLease(holding, signal, work);
    } catch (error) {
      retryMs = Math.min(retryMs, TROUBLE_RETRY_MS);
      const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
      log({ level: 'error', message: `timer ${name} waits for its storage: ${reason ?? ''}` });
    }
    await clock.sleepUntil(inMs(clock, retryMs), signal);
  }
}

async function workUnderLease(
  holding: LockHolding,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const ended = new AbortController();
  const lost = new AbortController();
  const renewing = renew(holding, ended.signal, () => lost.abort());
  try {
    await work(AbortSignal.any([signal, lost.signal]));
  } finally {
    ended.abort();
    await renewing;
    await holding.lock.release();
  }
}

async function renew(
  { lock, timing, clock, log, name }: LockHolding,
  ended: AbortSignal,
  onLost: () => void,
): Promise<void> {
  let renewedAt = clock.now().getTime();
  for (;;) {
    await clock.sleepUntil(inMs(clock, timing.leaseMs / 3), ended);
    if (ended.aborted) return;
    const isHeld = await lock.renew().catch(() => {
      // No answer is no loss, as long as the lease cannot have run out.
      return clock.now().getTime() - renewedAt < timing.leaseMs ? undefined : false;
    });
    if (isHeld === true) renewedAt = clock.now().getTime();
    if (isHeld !== false) continue;
    log({ level: 'warning', message: `timer ${name} lost its lock; another instance runs it` });
    onLost();
    return;
  }
}

function inMs(clock: Clock, milliseconds: number): Date {
  return new Date(clock.now().getTime() + milliseconds);
}
