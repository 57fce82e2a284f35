import { z } from 'zod';

/** The longest time after which check-ins are verified: how long a message can wait, ms. */
const MAX_VERIFY_AFTER_MS = 7 * 86_400_000;

const unitsMs: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** When check-ins are verified, ms after the end of a run; an empty text is never. */
export const verifyAfterSchema = z
  .string()
  .default('15m,1h,24h')
  .transform((text) => (text.trim() === '' ? [] : text.split(',').map(durationMs)))
  .refine((times) => times.every((ms, place) => ms > (times[place - 1] ?? 0)), {
    error:
      'must be ascending times with s, m, h or d, each at most 7d, for example 15m,1h,24h; empty for none',
  });

/** A time such as `15m`, ms; not a number when it is anything else. */
function durationMs(text: string): number {
  const [, amount, unit = ''] = /^\s*(\d{1,6})([smhd])\s*$/.exec(text) ?? [];
  const ms = Number(amount) * (unitsMs[unit] ?? Number.NaN);
  return ms <= MAX_VERIFY_AFTER_MS ? ms : Number.NaN;
}
