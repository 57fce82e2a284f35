import type { DeviceResult } from './batch.ts';
import type { BatchDevice, ListedDevice } from './device.ts';
import type { ScopeMatch } from './match-scope.ts';
import { platformOf } from './platform.ts';
import { type SkipContext, type SkipOptions, skipReasonOf } from './skip-rules.ts';

/** A device of a batch; one whose result is known already is recorded without a command. */
export interface PlannedDevice extends BatchDevice {
  readonly result?: DeviceResult;
}

/** A device that gets no command, with the reason. */
export interface SkippedDevice extends BatchDevice {
  readonly reason: string;
}

/** What a run will do: who gets a command, stalest check-in first, and who does not. */
export interface Plan {
  readonly devices: readonly PlannedDevice[];
  readonly skipped: readonly SkippedDevice[];
}

export interface PlanBuilder {
  readonly add: (device: ListedDevice) => void;
  /** An id of the scope that no device has: reported as not found, without a command. */
  readonly addMissing: (id: string) => void;
  /** Different devices that were added, in the scope or not. */
  readonly countSeen: () => number;
  readonly build: () => Plan;
}

export interface PlanRules {
  readonly match: (device: ListedDevice) => ScopeMatch;
  readonly skip: SkipOptions;
  readonly unsupported: SkipContext['unsupported'];
  /** ms since the epoch */
  readonly now: number;
}

/**
 * Collects listed devices into a plan, one at a time, so that no more of the fleet is held in
 * memory than the plan needs. A device that is listed twice (a rename or an enrolment while Graph
 * pages by device name) counts once.
 */
export function planBuilder({ match, skip, unsupported, now }: PlanRules): PlanBuilder {
  const seen = new Set<string>();
  const devices: PlannedDevice[] = [];
  const skipped: SkippedDevice[] = [];
  return {
    add(device) {
      if (seen.has(device.id)) return;
      seen.add(device.id);
      const matched = match(device);
      if (matched === 'outside') return;
      const isExcluded = matched === 'excluded';
      const reason = skipReasonOf(device, { skip, now, unsupported, isExcluded });
      const { id, name, lastSyncAt } = device;
      const platform = platformOf(device.operatingSystem) ?? device.operatingSystem;
      if (reason === undefined) devices.push({ id, name, platform, lastSyncAt });
      else skipped.push({ id, name, platform, lastSyncAt, reason });
    },
    addMissing(id) {
      const result = { outcome: 'notFound', code: 'notFound' } as const;
      devices.push({ id, name: '', platform: '', lastSyncAt: undefined, result });
    },
    countSeen: () => seen.size,
    build: () => ({ devices: devices.sort(stalestFirst), skipped }),
  };
}

/** How many devices were skipped for each reason; reasons that did not occur are absent. */
export function countByReason(skipped: readonly SkippedDevice[]): Record<string, number> {
  return countBy(skipped, ({ reason }) => reason);
}

/** How many items have each key; keys that did not occur are absent. */
export function countBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) {
    const key = keyOf(item);
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

/**
 * A device that never checked in is the stalest; one that was not found comes last, since nothing
 * is sent to it. The id makes the order the same every time.
 */
function stalestFirst(a: PlannedDevice, b: PlannedDevice): number {
  const missingLast = Number(a.result !== undefined) - Number(b.result !== undefined);
  return missingLast || (a.lastSyncAt ?? 0) - (b.lastSyncAt ?? 0) || (a.id < b.id ? -1 : 1);
}
