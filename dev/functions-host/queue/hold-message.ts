import { setTimeout as delay } from 'node:timers/promises';
import type { QueueClient } from '@azure/storage-queue';
import type { Log } from '../log/log.ts';
import { describeStorageError, isMessageLost } from './storage-errors.ts';

/** How long a message is hidden from other instances. */
export interface VisibilityTiming {
  /** Hidden for so long at each receive and renewal. Fixed at 10 min in the extension. */
  visibilityMs: number;
  /** Renewed so often while the function runs: 5 min in the extension. */
  renewEveryMs: number;
}

/** The extension's own figures. */
export const DEFAULT_VISIBILITY: VisibilityTiming = {
  visibilityMs: 10 * 60_000,
  renewEveryMs: 5 * 60_000,
};

/** After failed renewals the interval is halved, down to this share of it (5 min -> 1 min). */
const LEAST_SHARE = 1 / 5;

/** A message kept hidden while its function runs. */
export interface HeldMessage {
  /** Stops renewing. @returns the receipt that is valid now */
  release: () => Promise<string>;
}

/** Starts to renew a message's invisibility until it is released or lost to somebody else. */
export function holdMessage(
  queue: QueueClient,
  message: { messageId: string; popReceipt: string },
  timing: VisibilityTiming,
  log: Log,
): HeldMessage {
  const stopping = new AbortController();
  let { popReceipt } = message;

  async function renew(): Promise<void> {
    let interval = timing.renewEveryMs;
    while (await elapsed(interval, stopping.signal)) {
      try {
        const seconds = Math.round(timing.visibilityMs / 1000);
        const answer = await queue.updateMessage(message.messageId, popReceipt, undefined, seconds);
        popReceipt = answer.popReceipt ?? popReceipt;
        interval = timing.renewEveryMs;
      } catch (error) {
        const problem = `${queue.name}: a message's invisibility was not renewed`;
        log({ level: 'warning', message: `${problem}: ${describeStorageError(error)}` });
        if (isMessageLost(error)) return;
        interval = Math.max(interval / 2, timing.renewEveryMs * LEAST_SHARE);
      }
    }
  }

  const renewing = renew();
  return {
    async release() {
      stopping.abort();
      await renewing;
      return popReceipt;
    },
  };
}

/** Waits; false when told to stop instead. */
async function elapsed(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    await delay(milliseconds, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}
