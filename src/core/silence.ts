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

/** Whether some devices answered in a run: what silence alone does not tell. */
export interface SilenceQuestion {
  readonly runId: string;
  readonly deviceIds: readonly string[];
}

/** Runs come newest first, each with its silent devices. */
export interface SilenceTally {
  readonly addRun: (runId: string) => void;
  /**
   * Takes in a device that was silent in the run that was added last.
   *
   * @param counts whether silence in this run counts, which it does once the run's last look was
   * made
   */
  readonly addSilent: (runId: string, report: DeviceReport, counts: boolean) => void;
  /**
   * What must be known of the runs that were added, run by run. Each answer is to be given before
   * the next question is taken, since it may spare some.
   */
  readonly questions: () => Iterable<SilenceQuestion>;
  /** @param answered those of the devices that checked in, or are gone */
  readonly answer: (question: SilenceQuestion, answered: ReadonlySet<string>) => void;
  /** Whether older runs can still decide about a device, once every question is answered. */
  readonly isOpen: () => boolean;
  /** In the order of their ids, once every question is answered. */
  readonly silent: () => readonly SilentDevice[];
}

/** A device that was silent in runs that count, and is not known to have answered. */
interface Silence {
  readonly device: SilentDevice;
  readonly count: number;
  /** How many of the newest runs can acquit it by an answer: those before it was silent enough. */
  readonly acquittedBy: number;
}

/**
 * Finds the devices that were silent in the last `runs` runs that included them. It starts from
 * those that were silent, which are few, and asks for answers of these alone: an answer in a newer
 * run stands against any silence in older ones.
 */
export function silenceTally(runs: number): SilenceTally {
  const answered = new Set<string>();
  const silences = new Map<string, Silence>();
  /** Of each run, newest first, the devices that are known to have given no answer in it. */
  const unanswered = new Map<string, Set<string>>();

  const isEnough = ({ count }: Silence) => count === runs;

  return {
    addRun(runId) {
      unanswered.set(runId, new Set());
    },
    addSilent(runId, report, counts) {
      const { deviceId } = report;
      unanswered.get(runId)?.add(deviceId);
      const before = silences.get(deviceId);
      if (!counts || answered.has(deviceId) || (before !== undefined && isEnough(before))) return;
      const count = (before?.count ?? 0) + 1;
      const device = before?.device ?? toSilentDevice(runId, report);
      const acquittedBy = count === runs ? unanswered.size - 1 : Infinity;
      silences.set(deviceId, { device, count, acquittedBy });
    },
    *questions() {
      for (const [place, [runId, known]] of [...unanswered].entries()) {
        const deviceIds = [...silences]
          .filter(([id, { acquittedBy }]) => place < acquittedBy && !known.has(id))
          .map(([id]) => id);
        if (deviceIds.length > 0) yield { runId, deviceIds };
      }
    },
    answer({ runId, deviceIds }, found) {
      for (const id of deviceIds) {
        if (!found.has(id)) unanswered.get(runId)?.add(id);
        else if (silences.delete(id)) answered.add(id);
      }
    },
    isOpen: () => [...silences.values()].some((silence) => !isEnough(silence)),
    silent: () =>
      [...silences.values()]
        .filter(isEnough)
        .map(({ device }) => device)
        .toSorted((a, b) => (a.deviceId < b.deviceId ? -1 : 1)),
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
