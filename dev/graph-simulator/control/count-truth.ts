import type { Simulation } from '../simulation.ts';

/** What becomes of the listed devices when each is sent a sync; the kinds add up to `devices`. */
export interface Truth {
  devices: number;
  /** Answer 404. */
  gone: number;
  /** Answer 400: platform or agent cannot be notified, or the device refuses. */
  unsupported: number;
  /** Would accept it, but are about to be retired, wiped or deleted: nothing to sync. */
  leaving: number;
  /** Check in within minutes. */
  online: number;
  /** Check in after hours. */
  late: number;
  /** Accept it, and never check in. */
  silent: number;
  /** Of all listed devices: those that have checked in since the simulation began. */
  checkedIn: number;
}

type Kind = Exclude<keyof Truth, 'devices' | 'checkedIn'>;

const answers = { soon: 'online', late: 'late', never: 'silent' } as const;

/** Counts what a verification of check-ins has to find in the end. */
export function countTruth(simulation: Simulation): Truth {
  const { fleet, clock } = simulation;
  const truth: Truth = {
    devices: fleet.listedCount(),
    gone: 0,
    unsupported: 0,
    leaving: 0,
    online: 0,
    late: 0,
    silent: 0,
    checkedIn: 0,
  };
  for (let position = 0; position < truth.devices; position++) {
    const index = fleet.atPosition(position) ?? 0;
    truth[kindOf(simulation, index)]++;
    const hasCheckedIn =
      fleet.checkIns.lastAt(index, clock.now()) !== fleet.dates.checkedInBefore(index);
    if (hasCheckedIn) truth.checkedIn++;
  }
  return truth;
}

function kindOf({ fleet: { traits } }: Simulation, index: number): Kind {
  if (traits.isGone(index)) return 'gone';
  if (!traits.acceptsSync(index)) return 'unsupported';
  if (traits.state(index) !== 'managed') return 'leaving';
  return answers[traits.answers(index)];
}
