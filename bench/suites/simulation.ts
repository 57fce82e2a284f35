import type { Bar } from '../bar.ts';
import type { Suite } from '../suite.ts';

/** What the table shows of a simulated run. */
interface SimulatedRun {
  readonly scenario: string;
  readonly devices: number;
  readonly mode: string;
  readonly instances: number;
  readonly durationSeconds: number;
  /** All writes at the ceiling: no run can be faster, s. */
  readonly limitSeconds: number;
  /** Of the quota, in the emptiest window of the steady part; 0 to 1. */
  readonly minQuotaShare: number;
  readonly throttled: number;
  /** Of the run in Azure, USD. */
  readonly cost: { readonly total: number };
}

/** Runs the simulation's set. */
export type ScaleSimulation = (options: {
  readonly isQuick: boolean;
}) => Promise<{ readonly rows: readonly SimulatedRun[]; readonly bars: readonly Bar[] }>;

/** The app's own code on a virtual clock, for fleets that take hours in real time. */
export function simulationSuite(runScaleSimulation: ScaleSimulation): Suite {
  return {
    name: 'simulation',
    title: 'Scale, simulated',
    summary:
      'The use cases and the core as they are, with storage in memory, a simulated Graph and a clock ' +
      'that jumps: from 1,000 to 1,000,000 devices, 1 to 50 instances, crashes and redelivery.',
    mode: 'quick',
    run: async ({ isQuick }) => {
      const { rows, bars } = await runScaleSimulation({ isQuick });
      return { rows: rows.map(toRow), bars };
    },
  };
}

function toRow(run: SimulatedRun) {
  return {
    scenario: run.scenario,
    devices: run.devices,
    mode: run.mode,
    instances: run.instances,
    minutes: run.durationSeconds / 60,
    'to the limit': run.durationSeconds / run.limitSeconds,
    'least share of quota': run.minQuotaShare,
    throttled: run.throttled,
    USD: run.cost.total,
  };
}
