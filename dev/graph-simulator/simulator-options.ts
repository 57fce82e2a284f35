import { z } from 'zod';
import type { Certificate } from '../certificate.ts';
import { bulkSchema, type BulkOptions } from './bulk/bulk-options.ts';
import { systemClock, type Clock } from './clock.ts';
import { groupsSchema, type GroupOptions } from './directory/group-options.ts';
import {
  servicePrincipalsSchema,
  type ServicePrincipalOptions,
} from './directory/service-principal-options.ts';
import { noFaults, type FaultsChange } from './faults/faults.ts';
import { changeFaults, type FaultPresetName } from './faults/presets.ts';
import { fleetSchema, type FleetOptions } from './fleet/fleet-options.ts';
import { parseOption } from './parse-option.ts';
import { quotaSchema, type QuotaOptions } from './quota/quota-options.ts';
import type { SimulationSettings } from './simulation.ts';

export interface GraphSimulatorOptions {
  /** What the HTTPS server shows; clients must trust it. */
  certificate: Certificate;
  /** Port of the simulated Graph. Default 0: any free one. */
  port?: number;
  /** Port of the control endpoint. Default 0: any free one. */
  controlPort?: number;
  fleet: FleetOptions;
  /** Groups of Entra ID with devices and users of the fleet. Default none. */
  groups?: readonly GroupOptions[];
  /** Service principals of Entra ID besides Microsoft Graph's. Default none. */
  servicePrincipals?: readonly ServicePrincipalOptions[];
  /** How many Exchange connectors the tenant has, 0 to 100. Default 0. */
  exchangeConnectors?: number;
  /** Default: the documented quotas. */
  quota?: QuotaOptions;
  /** How executeAction works where nothing is documented. Its failures are among the faults. */
  bulk?: BulkOptions;
  /** Time that every answer takes, ms. Default 0; wins over `faults.latencyMs`. */
  latencyMs?: number;
  /** Faults from the start, or a preset by name. Default none. */
  faults?: FaultsChange | FaultPresetName;
  /** Simulated milliseconds per real one, for how soon devices check in. Default 1. */
  clockScale?: number;
  /** Default: the machine's clock. */
  clock?: Clock;
}

/** @throws Error that names each bad option */
export function parseSimulatorOptions(options: GraphSimulatorOptions): SimulationSettings {
  const clock = options.clock ?? systemClock;
  const latency = options.latencyMs === undefined ? {} : { latencyMs: options.latencyMs };
  const faults = changeFaults(noFaults, options.faults ?? {}, clock.now());
  const fleet = parseOption('fleet', fleetSchema, options.fleet);
  const connectorCount = z.int().min(0).max(100);
  return {
    fleet,
    groups: parseOption('groups', groupsSchema(fleet.devices), options.groups ?? []),
    servicePrincipals: parseOption(
      'servicePrincipals',
      servicePrincipalsSchema,
      options.servicePrincipals ?? [],
    ),
    exchangeConnectors: parseOption(
      'exchangeConnectors',
      connectorCount,
      options.exchangeConnectors ?? 0,
    ),
    quota: parseOption('quota', quotaSchema, options.quota ?? {}),
    bulk: parseOption('bulk', bulkSchema, options.bulk ?? {}),
    faults: changeFaults(faults, latency, clock.now()),
    clockScale: parseOption('clockScale', z.number().positive(), options.clockScale ?? 1),
    clock,
  };
}
