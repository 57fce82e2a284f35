/** 13 digits of milliseconds, enough until the year 2286. */
const LAST_MS = 9_999_999_999_999;

/**
 * A new run id. It starts with the time left until `LAST_MS`, so that ids sort newest first as row
 * keys; the rest tells runs of one millisecond apart.
 *
 * @param now ms since the epoch
 * @param random returns a number in [0, 1)
 */
export function newRunId(now: number, random: () => number): string {
  const order = String(LAST_MS - now).padStart(13, '0');
  const suffix = Math.floor(random() * 0x1_0000_0000)
    .toString(16)
    .padStart(8, '0');
  return `${order}-${suffix}`;
}

/** Whether `text` has the form of a run id; anything else is never looked up in storage. */
export function isRunId(text: string): boolean {
  return /^\d{13}-[0-9a-f]{8}$/.test(text);
}
