/** A Microsoft Graph for Intune device sync, on loopback. Other parts import from here only. */
export {
  startGraphSimulator,
  type GraphSimulator,
  type GraphSimulatorOptions,
} from './start-graph-simulator.ts';
export { systemClock, type Clock } from './clock.ts';
export { noFaults, type Faults, type FaultsChange } from './faults/faults.ts';
export {
  faultPresetNames,
  faultPresets,
  type FaultPreset,
  type FaultPresetName,
} from './faults/presets.ts';
export type { FleetOptions } from './fleet/fleet-options.ts';
export type { QuotaOptions } from './quota/quotas.ts';
export type { GraphStatistics } from './statistics/statistics.ts';
