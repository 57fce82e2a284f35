import { z } from 'zod';

/** ms since the epoch in the app; an ISO 8601 text in the table, for whoever looks into it. */
export const instant = z.codec(z.string(), z.number(), {
  decode: (text) => Date.parse(text),
  encode: (at) => new Date(at).toISOString(),
});

/** A structure in the app; JSON text in the table, which knows no structures. */
export function json<T>(schema: z.ZodType<T, T>): z.ZodCodec<z.ZodString, z.ZodType<T, T>> {
  return z.codec(z.string(), schema, {
    decode: (text) => JSON.parse(text) as T,
    encode: (value) => JSON.stringify(value),
  });
}

/** A string property holds 64 KiB of UTF-16 (Table storage's data model). */
const MAX_TEXT_LENGTH = 32_000;

/** Spreads a long text over the properties `name`, `name1`, `name2`, … */
export function splitText(name: string, text: string): Record<string, string> {
  const parts: Record<string, string> = {};
  for (let part = 0, from = 0; part === 0 || from < text.length; part++) {
    const end = cutBefore(text, from + MAX_TEXT_LENGTH);
    parts[part === 0 ? name : `${name}${part}`] = text.slice(from, end);
    from = end;
  }
  return parts;
}

/** Where to cut at the latest: never between the two halves of a character such as an emoji. */
function cutBefore(text: string, end: number): number {
  const last = text.charCodeAt(end - 1);
  const isHalf = end < text.length && last >= 0xd800 && last <= 0xdbff;
  return isHalf ? end - 1 : end;
}

/**
 * An entity without its empty properties: asked for by `$select`, Azure returns a property that an
 * entity does not have as `null`, while Azurite leaves it out.
 */
export function withoutNulls(entity: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entity).filter(([, value]) => value !== null));
}

/** Puts together what `splitText` spread. */
export function joinText(name: string, entity: Readonly<Record<string, unknown>>): string {
  let text = '';
  for (let part = 0; ; part++) {
    const value = entity[part === 0 ? name : `${name}${part}`];
    if (typeof value !== 'string') return text;
    text += value;
  }
}
