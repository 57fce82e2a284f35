import type { CodeFacts } from './code-facts.ts';
import type { Sources } from './read-all.ts';

/** One mistake in a file, or in the code that the infrastructure must agree with. */
export type Mistake = {
  /** What somebody did, as a sentence about it. */
  readonly mistake: string;
  /** What must be said of it: the place, and a part of the message. */
  readonly where: string;
  readonly caught: string;
} & (
  | { readonly file: string; readonly from: string; readonly to: string }
  | { readonly file: string; readonly from?: never; readonly to?: never }
  | { readonly code: (code: CodeFacts) => Partial<CodeFacts> }
);

/**
 * Makes the mistake in memory; without `from` the file is missing.
 *
 * @throws Error when the file does not have the text, so that no mistake is made of nothing
 */
export function make(mistake: Mistake, { texts, code }: Sources): Sources {
  if ('code' in mistake) return { texts, code: { ...code, ...mistake.code(code) } };
  const { file, from, to } = mistake;
  const text = texts.get(file);
  if (text === undefined) throw new Error(`There is no ${file}.`);
  const changed = new Map(texts);
  if (from === undefined) {
    changed.delete(file);
    return { texts: changed, code };
  }
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  return {
    texts: changed.set(
      file,
      text.replace(from, () => to),
    ),
    code,
  };
}
