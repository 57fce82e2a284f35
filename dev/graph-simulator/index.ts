/** A Microsoft Graph for Intune device sync, on loopback. Other parts import from here only. */
export { startGraphSimulator, type GraphSimulator } from './start-graph-simulator.ts';
export type { GraphSimulatorOptions } from './simulator-options.ts';
export type { BulkOptions } from './bulk/bulk-options.ts';
export { systemClock, type Clock } from './clock.ts';
export { noFaults, type Faults, type FaultsChange } from './faults/faults.ts';
export {
  faultPresetNames,
  faultPresets,
  type FaultPreset,
  type FaultPresetName,
} from './faults/presets.ts';
export type { FleetOptions } from './fleet/fleet-options.ts';
export type { GroupOptions } from './directory/group-options.ts';
export type { ServicePrincipalOptions } from './directory/service-principal-options.ts';
export type { QuotaChange, QuotaOptions } from './quota/quota-options.ts';
export type { GraphStatistics } from './statistics/statistics.ts';
