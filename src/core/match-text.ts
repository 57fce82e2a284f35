import { namePattern } from './name-pattern.ts';
import { startsWithAny } from './starts-with-any.ts';

/** Whether a text is meant, in any letter case. */
export type TextTest = (text: string) => boolean;

/** Texts that equal one of `values`. */
export function exactTest(values: readonly string[]): TextTest {
  const wanted = new Set(lowerCase(values));
  return (text) => wanted.has(text.toLowerCase());
}

/** Texts that begin with one of `prefixes`. */
export function prefixTest(prefixes: readonly string[]): TextTest {
  const isMeant = startsWithAny(lowerCase(prefixes));
  return (text) => isMeant(text.toLowerCase());
}

/** Texts that one of `names` stands for; `*` in a name stands for any text or none. */
export function nameTest(names: readonly string[]): TextTest {
  const wanted = lowerCase(names);
  // Whole names and `WS-*` are what long lists consist of: they cost the same however many.
  const exact = new Set(wanted.filter((name) => !name.includes('*')));
  const isPrefix = (name: string) => name.indexOf('*') === name.length - 1 && name !== '';
  const startsRight = startsWithAny(wanted.filter(isPrefix).map((name) => name.slice(0, -1)));
  const patterns = wanted
    .filter((name) => name.includes('*') && !isPrefix(name))
    .map((name) => namePattern(name));
  return (text) => {
    const name = text.toLowerCase();
    if (exact.has(name) || startsRight(name)) return true;
    for (const matches of patterns) if (matches(name)) return true;
    return false;
  };
}

function lowerCase(texts: readonly string[]): readonly string[] {
  return texts.map((text) => text.toLowerCase());
}
