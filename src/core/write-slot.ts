/** Graph counts a sliding window of this length (learn.microsoft.com/graph/throttling-limits). */
export const WINDOW_MS = 20_000;

/**
 * Calls do not arrive exactly when their slot begins. The schedule takes so much longer for the
 * writes of a window that calls which are this late still find room at its end.
 */
const JITTER_MS = 400;

/** A slot that began so long ago may still be filled up: a part of the jitter. */
export const FILL_UP_MS = 100;

/** The way to Graph takes one call so much longer than another, for a new connection: a part of it, too. */
const WAY_MS = 100;

/**
 * Calls may leave this much later than their moment: what is left of the jitter. One that leaves
 * later may fall into a window that is full by then, so its slot is given up. The length of a slot
 * plays no part: a window has room for the jitter once, however its slots are cut.
 */
export const MAX_LATE_MS = JITTER_MS - FILL_UP_MS - WAY_MS;

/**
 * The time that a slot is made longer for a worker which comes late is lost for all others. One that
 * was held up for longer than this was not slow but stopped, ms.
 */
const MAX_EXTENSION_MS = 2_000;

/**
 * A slot holds the writes of half a second. With whole slots a window of 20 s has 39 or 40 of them,
 * so that at least 97 % of the quota are used, while each call still carries several writes.
 */
const SLOT_SECONDS = 0.5;

/** No slot is larger: JSON `$batch` takes 20 requests (learn.microsoft.com/graph/json-batching). */
const MAX_SLOT = 20;

/** The pace at which a budget really grants, writes per second. */
export function paceOf(rate: number): number {
  return (rate * WINDOW_MS) / (WINDOW_MS + JITTER_MS);
}

/** How many writes may go in one slot at a rate of writes per second. */
export function slotSizeOf(rate: number): number {
  return Math.min(MAX_SLOT, Math.max(1, Math.floor(rate * SLOT_SECONDS)));
}

/** How much longer a slot is made for a worker that was so late for its last moment, ms. */
export function extensionFor(lateMs: number): number {
  return lateMs > MAX_LATE_MS ? Math.min(lateMs, MAX_EXTENSION_MS) : 0;
}
