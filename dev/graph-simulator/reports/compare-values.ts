import { compareText } from '../fleet/name-order.ts';

/** Orders two values of one column, texts without regard to case: negative, 0 or positive. */
export function compareValues(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return compareText(String(a).toLowerCase(), String(b).toLowerCase());
}
