import type { Clock } from './clock.ts';
import { createFaultDice, type FaultDice } from './faults/fault-dice.ts';
import type { Faults } from './faults/faults.ts';
import { createDeviceProperties, type DeviceProperties } from './fleet/device-properties.ts';
import { createFleet, type Fleet } from './fleet/fleet.ts';
import type { FleetSettings } from './fleet/fleet-options.ts';
import { createGuids } from './guid.ts';
import { createQuotas, type QuotaSettings, type Quotas } from './quota/quotas.ts';
import { createStatistics, type StatisticsRecorder } from './statistics/statistics.ts';

/** Everything that one simulated tenant remembers; endpoints work on it. */
export interface Simulation {
  clock: Clock;
  fleet: Fleet;
  properties: DeviceProperties;
  quotas: Quotas;
  /** What goes wrong at present; replaced as a whole when it changes. */
  faults: Faults;
  dice: FaultDice;
  statistics: StatisticsRecorder;
  /** Where the simulator is reached, e.g. `https://127.0.0.1:4430`; in links that it hands out. */
  origin: string;
  /** A new id for each request. */
  nextRequestId(): string;
}

/** What a simulation is made from, with every default filled in. */
export interface SimulationSettings {
  fleet: FleetSettings;
  quota: QuotaSettings;
  faults: Faults;
  /** Simulated milliseconds per real one, for how soon devices check in. */
  clockScale: number;
  clock: Clock;
}

/** Creates the state of a tenant in which nothing has happened yet. */
export function createSimulation(settings: SimulationSettings): Simulation {
  const { clock, clockScale } = settings;
  const fleet = createFleet(settings.fleet, { startedAt: clock.now(), clockScale });
  const requestIds = createGuids(settings.fleet.seed, 'request');
  let requests = 0;
  return {
    clock,
    fleet,
    properties: createDeviceProperties(fleet),
    quotas: createQuotas(settings.quota),
    faults: settings.faults,
    dice: createFaultDice(settings.fleet.seed),
    statistics: createStatistics(fleet.size),
    origin: '',
    nextRequestId: () => requestIds(requests++),
  };
}
