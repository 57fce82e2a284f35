import type { BatchDevice, ListedDevice } from './device.ts';
import { platformOf } from './platform.ts';
import { type SkipReason, skipReasonOf } from './skip-rules.ts';

/** A device that gets no command, with the reason. */
export interface SkippedDevice extends BatchDevice {
  readonly reason: SkipReason;
}

/** What a run will do: who gets a command, stalest check-in first, and who does not. */
export interface Plan {
  readonly devices: readonly BatchDevice[];
  readonly skipped: readonly SkippedDevice[];
}

/**
 * Collects listed devices into a plan, one at a time, so that no more of the fleet is held in
 * memory than the plan needs. A device that is listed twice (a rename or an enrolment while Graph
 * pages by device name) counts once.
 */
export function planBuilder(): { add: (device: ListedDevice) => void; build: () => Plan } {
  const seen = new Set<string>();
  const devices: BatchDevice[] = [];
  const skipped: SkippedDevice[] = [];
  return {
    add(device) {
      if (seen.has(device.id)) return;
      seen.add(device.id);
      const reason = skipReasonOf(device);
      const { id, name, lastSyncAt } = device;
      const platform = platformOf(device.operatingSystem) ?? device.operatingSystem;
      if (reason === undefined) devices.push({ id, name, platform, lastSyncAt });
      else skipped.push({ id, name, platform, lastSyncAt, reason });
    },
    build: () => ({ devices: devices.sort(stalestFirst), skipped }),
  };
}

/** How many devices were skipped for each reason; reasons that did not occur are absent. */
export function countByReason(skipped: readonly SkippedDevice[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { reason } of skipped) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

/** A device that never checked in is the stalest; the id makes the order the same every time. */
function stalestFirst(a: BatchDevice, b: BatchDevice): number {
  return (a.lastSyncAt ?? 0) - (b.lastSyncAt ?? 0) || (a.id < b.id ? -1 : 1);
}
