import type { DeviceReport } from './device-report.ts';

/** A device that stayed silent in each of the last verified runs that included it. */
export interface SilentDevice {
  readonly deviceId: string;
  readonly deviceName: string;
  readonly platform: string;
  /** `company`, `personal`, `unknown`; absent when Intune did not say. */
  readonly ownership?: string;
  /** ISO 8601 in UTC; absent for a device that never checked in. */
  readonly lastCheckInAt?: string;
  /** The newest run in which it was silent. */
  readonly runId: string;
}

export interface SilenceTally {
  /**
   * Takes in a device of a run; runs come newest first.
   *
   * @param counts whether silence in this run counts, which it does once the run's last look was
   * made; a check-in always does
   */
  readonly add: (runId: string, report: DeviceReport, counts: boolean) => void;
  /** Whether older runs can still decide about a device. */
  readonly isOpen: () => boolean;
  /** In the order of their ids. */
  readonly silent: () => readonly SilentDevice[];
}

/**
 * Finds the devices that were silent in the last `runs` runs that included them. Of a device that
 * is decided only its id is held, some 100 bytes.
 */
export function silenceTally(runs: number): SilenceTally {
  const decided = new Set<string>();
  const open = new Map<string, { readonly device: SilentDevice; readonly count: number }>();
  const chronic: SilentDevice[] = [];

  function countSilence(runId: string, report: DeviceReport): void {
    const { deviceId } = report;
    const before = open.get(deviceId);
    const device = before?.device ?? toSilentDevice(runId, report);
    const count = (before?.count ?? 0) + 1;
    open.set(deviceId, { device, count });
    if (count < runs) return;
    decide(deviceId);
    chronic.push(device);
  }

  function decide(deviceId: string): void {
    open.delete(deviceId);
    decided.add(deviceId);
  }

  return {
    add(runId, report, counts) {
      const { deviceId, outcome } = report;
      if (decided.has(deviceId)) return;
      if (outcome === 'checkedIn' || outcome === 'gone') decide(deviceId);
      else if (outcome === 'silent' && counts) countSilence(runId, report);
    },
    isOpen: () => open.size > 0,
    silent: () => chronic.toSorted((a, b) => (a.deviceId < b.deviceId ? -1 : 1)),
  };
}

function toSilentDevice(runId: string, report: DeviceReport): SilentDevice {
  const { deviceId, deviceName, platform, ownership, previousCheckInAt } = report;
  return {
    deviceId,
    deviceName,
    platform,
    ...(ownership === undefined ? {} : { ownership }),
    ...(previousCheckInAt === undefined ? {} : { lastCheckInAt: previousCheckInAt }),
    runId,
  };
}
