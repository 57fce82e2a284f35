import { createAppInstalls, type AppInstalls } from './apps/app-installs.ts';
import type { BulkSettings } from './bulk/bulk-options.ts';
import type { Clock } from './clock.ts';
import { createGroups, type Groups } from './directory/groups.ts';
import type { GroupSettings } from './directory/group-options.ts';
import { createMemberProperties, type MemberProperties } from './directory/member-properties.ts';
import type { ServicePrincipalSettings } from './directory/service-principal-options.ts';
import { createServicePrincipals, type ServicePrincipals } from './directory/service-principals.ts';
import { createConnectors, type Connectors } from './exchange/connectors.ts';
import { createFaultDice, type FaultDice } from './faults/fault-dice.ts';
import type { Faults } from './faults/faults.ts';
import { createCommandLog, type CommandLog } from './fleet/command-log.ts';
import { createDeviceProperties, type DeviceProperties } from './fleet/device-properties.ts';
import { createFleet, type Fleet } from './fleet/fleet.ts';
import type { FleetSettings } from './fleet/fleet-options.ts';
import { createGuids } from './guid.ts';
import type { QuotaSettings } from './quota/quota-options.ts';
import { createQuotas, type Quotas } from './quota/quotas.ts';
import { createStatistics, type StatisticsRecorder } from './statistics/statistics.ts';

/** Everything that one simulated tenant remembers; endpoints work on it. */
export interface Simulation {
  clock: Clock;
  fleet: Fleet;
  properties: DeviceProperties;
  /** What was sent to which device. */
  commands: CommandLog;
  groups: Groups;
  memberProperties: MemberProperties;
  servicePrincipals: ServicePrincipals;
  connectors: Connectors;
  appInstalls: AppInstalls;
  quotas: Quotas;
  bulk: BulkSettings;
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
  groups: readonly GroupSettings[];
  servicePrincipals: readonly ServicePrincipalSettings[];
  /** How many the tenant has. */
  exchangeConnectors: number;
  quota: QuotaSettings;
  bulk: BulkSettings;
  faults: Faults;
  /** Simulated milliseconds per real one, for how soon devices check in. */
  clockScale: number;
  clock: Clock;
}

/** Creates the state of a tenant in which nothing has happened yet. */
export function createSimulation(settings: SimulationSettings): Simulation {
  const { clock, clockScale } = settings;
  const { seed } = settings.fleet;
  const startedAt = clock.now();
  const fleet = createFleet(settings.fleet, { startedAt, clockScale });
  const properties = createDeviceProperties(fleet);
  const count = settings.exchangeConnectors;
  const requestIds = createGuids(seed, 'request');
  let requests = 0;
  return {
    clock,
    fleet,
    properties,
    commands: createCommandLog(),
    groups: createGroups(settings.groups, fleet),
    memberProperties: createMemberProperties(fleet, properties, settings.groups),
    servicePrincipals: createServicePrincipals(settings.servicePrincipals, seed),
    connectors: createConnectors({ count, seed, startedAt, clockScale }),
    appInstalls: createAppInstalls(fleet),
    quotas: createQuotas(settings.quota),
    bulk: settings.bulk,
    faults: settings.faults,
    dice: createFaultDice(seed),
    statistics: createStatistics(fleet.size),
    origin: '',
    nextRequestId: () => requestIds(requests++),
  };
}
