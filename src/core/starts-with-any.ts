/**
 * A test for texts that begin with any of `prefixes`, exactly as spelled, in the time of a binary
 * search: a long list of prefixes against every device of a fleet would otherwise take seconds.
 */
export function startsWithAny(prefixes: readonly string[]): (text: string) => boolean {
  const shortest = withoutExtensions(prefixes.toSorted());
  return (text) => {
    // When no prefix begins another, only the last one that sorts before the text, or equals it,
    // can begin it: whatever sorts between a prefix and its extension is an extension as well.
    const candidate = shortest[countUpTo(shortest, text) - 1];
    return candidate !== undefined && text.startsWith(candidate);
  };
}

/** Leaves out what begins with another entry: it is meant already. */
function withoutExtensions(sorted: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (const prefix of sorted) {
    const last = kept.at(-1);
    if (last === undefined || !prefix.startsWith(last)) kept.push(prefix);
  }
  return kept;
}

/** How many entries of `sorted` sort before `text` or equal it. */
function countUpTo(sorted: readonly string[], text: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? '') <= text) low = middle + 1;
    else high = middle;
  }
  return low;
}
