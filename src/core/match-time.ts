import type { DeviceTest } from './match-filter.ts';
import type { ScopeContext, ScopeSubject } from './match-scope.ts';
import type { ScopeFilter } from './scope.ts';
import { parseTimeBound } from './time-bound.ts';

type BoundField = 'lastSyncOlderThan' | 'lastSyncNewerThan' | 'enrolledBefore' | 'enrolledAfter';

/** A device exactly at the bound is on neither side of it. */
const comparisons: Readonly<Record<BoundField, (device: ScopeSubject, bound: number) => boolean>> =
  {
    // A device that never checked in has been silent for longer than any bound says.
    lastSyncOlderThan: ({ lastSyncAt }, bound) => lastSyncAt === undefined || lastSyncAt < bound,
    lastSyncNewerThan: ({ lastSyncAt }, bound) => lastSyncAt !== undefined && lastSyncAt > bound,
    enrolledBefore: ({ enrolledAt }, bound) => enrolledAt !== undefined && enrolledAt < bound,
    enrolledAfter: ({ enrolledAt }, bound) => enrolledAt !== undefined && enrolledAt > bound,
  };

/**
 * The test for devices on the right side of a time bound; `undefined` when the filter has none.
 *
 * @throws Error for a text that `parseTimeBound` does not take
 */
export function timeTest(
  field: BoundField,
): (filter: ScopeFilter, context: ScopeContext) => DeviceTest | undefined {
  const isMeant = comparisons[field];
  return (filter, { now }) => {
    const text = filter[field];
    if (text === undefined) return undefined;
    const bound = parseTimeBound(text, now);
    if (bound === undefined) {
      throw new Error(
        `The scope's ${field} is "${text}"; it must be a duration such as P30D, or an instant with its zone.`,
      );
    }
    return (device) => isMeant(device, bound);
  };
}
