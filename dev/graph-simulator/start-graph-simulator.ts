import { z } from 'zod';
import type { Certificate } from '../certificate.ts';
import { systemClock, type Clock } from './clock.ts';
import { createControlServer } from './control/control-server.ts';
import { noFaults, type FaultsChange } from './faults/faults.ts';
import { changeFaults, type FaultPresetName } from './faults/presets.ts';
import { fleetSchema, type FleetOptions } from './fleet/fleet-options.ts';
import { parseOption } from './parse-option.ts';
import { quotaSchema, type QuotaOptions } from './quota/quotas.ts';
import { createGraphServer } from './server/graph-server.ts';
import { listen, stop } from './server/listen.ts';
import { createSimulation, type Simulation } from './simulation.ts';
import type { GraphStatistics } from './statistics/statistics.ts';

export interface GraphSimulatorOptions {
  /** What the HTTPS server shows; clients must trust it. */
  certificate: Certificate;
  /** Port of the simulated Graph. Default 0: any free one. */
  port?: number;
  /** Port of the control endpoint. Default 0: any free one. */
  controlPort?: number;
  fleet: FleetOptions;
  /** Default: the documented quotas. */
  quota?: QuotaOptions;
  /** Time that every answer takes, ms. Default 0; wins over `faults.latencyMs`. */
  latencyMs?: number;
  /** Faults from the start, or a preset by name. Default none. */
  faults?: FaultsChange | FaultPresetName;
  /** Simulated milliseconds per real one, for how soon devices check in. Default 1. */
  clockScale?: number;
  /** Default: the machine's clock. */
  clock?: Clock;
}

/** A running simulator. */
export interface GraphSimulator {
  /** Where Graph is, without a version: `https://127.0.0.1:<port>`. */
  url: string;
  /** Where the control endpoint is: `http://127.0.0.1:<port>`. */
  controlUrl: string;
  statistics(): GraphStatistics;
  /** Device writes later than this moment, milliseconds since 1970 (of the latest 100,000). */
  writesAfter(at: number): number;
  /** Starts counting at zero; quotas, devices and faults stay as they are. */
  resetStatistics(): void;
  /**
   * Changes the named faults and leaves the others; a preset, by name or as data, leaves latency.
   *
   * @throws Error that names each bad field
   */
  setFaults(change: FaultsChange | FaultPresetName): void;
  /** Stops both servers and cuts their connections. */
  close(): Promise<void>;
}

/**
 * Starts a simulated Microsoft Graph for one tenant on 127.0.0.1, with its control endpoint.
 *
 * @throws Error that names each bad option, or the system's error when a port is taken
 */
export async function startGraphSimulator(options: GraphSimulatorOptions): Promise<GraphSimulator> {
  const simulation = createSimulation(parseOptions(options));
  const graph = createGraphServer(simulation, options.certificate);
  const control = createControlServer(simulation);
  const port = await listen(graph, options.port ?? 0);
  simulation.origin = `https://127.0.0.1:${port}`;
  const controlPort = await listen(control, options.controlPort ?? 0).catch(
    async (error: unknown) => {
      await stop(graph);
      throw error;
    },
  );
  return {
    ...operate(simulation),
    url: simulation.origin,
    controlUrl: `http://127.0.0.1:${controlPort}`,
    close: async () => {
      await Promise.all([stop(graph), stop(control)]);
    },
  };
}

function parseOptions(options: GraphSimulatorOptions) {
  const latency = options.latencyMs === undefined ? {} : { latencyMs: options.latencyMs };
  const faults = changeFaults(noFaults, options.faults ?? {});
  return {
    fleet: parseOption('fleet', fleetSchema, options.fleet),
    quota: parseOption('quota', quotaSchema, options.quota ?? {}),
    faults: changeFaults(faults, latency),
    clockScale: parseOption('clockScale', z.number().positive(), options.clockScale ?? 1),
    clock: options.clock ?? systemClock,
  };
}

function operate(simulation: Simulation) {
  const { statistics } = simulation;
  return {
    statistics: () => statistics.snapshot(),
    writesAfter: (at: number) => statistics.writesAfter(at),
    resetStatistics: () => statistics.reset(),
    setFaults(change: FaultsChange | FaultPresetName) {
      simulation.faults = changeFaults(simulation.faults, change);
    },
  };
}
