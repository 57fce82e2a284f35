import { createHash } from 'node:crypto';

/**
 * A row key for a text of any length and characters: the text itself if it is short and plain, so
 * that whoever looks into the table can read it, else its hash.
 */
export function rowKeyOf(text: string): string {
  if (/^[A-Za-z0-9 ._-]{1,100}$/.test(text)) return text;
  return createHash('sha256').update(text).digest('hex');
}
