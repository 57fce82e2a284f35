const grouped = new Intl.NumberFormat('en-US');

/** A count as people read it: `12,345`. */
export function renderCount(count: number): string {
  return grouped.format(count);
}

/** A count with its noun: `1 device`, `2,000 devices`. */
export function renderCountOf(count: number, noun: string): string {
  return `${renderCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Named counts, the largest first: `notFound 3, failed 1`. */
export function renderCounts(counts: Readonly<Record<string, number>>): string {
  return sortedCounts(counts)
    .map(([name, count]) => `${name} ${renderCount(count)}`)
    .join(', ');
}

/** Named counts, the largest first. */
export function sortedCounts(counts: Readonly<Record<string, number>>): [string, number][] {
  return Object.entries(counts).sort(([, a], [, b]) => b - a);
}
