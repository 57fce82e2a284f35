import { createControlServer } from './control/control-server.ts';
import type { FaultsChange } from './faults/faults.ts';
import { changeFaults, type FaultPresetName } from './faults/presets.ts';
import { parseOption } from './parse-option.ts';
import { quotaChangeSchema, type QuotaChange } from './quota/quota-options.ts';
import { createGraphServer } from './server/graph-server.ts';
import { listen, stop } from './server/listen.ts';
import { createSimulation, type Simulation } from './simulation.ts';
import { parseSimulatorOptions, type GraphSimulatorOptions } from './simulator-options.ts';
import type { GraphStatistics } from './statistics/statistics.ts';

/** A running simulator. */
export interface GraphSimulator {
  /** Where Graph is, without a version: `https://127.0.0.1:<port>`. */
  url: string;
  /** Where the control endpoint is: `http://127.0.0.1:<port>`. */
  controlUrl: string;
  statistics(): GraphStatistics;
  /** Device writes later than this moment, milliseconds since 1970 (of the latest 100,000). */
  writesAfter(at: number): number;
  /** When those came, throttled ones included, the earliest first. */
  writeTimes(after: number): number[];
  /** Starts counting at zero; quotas, devices and faults stay as they are. */
  resetStatistics(): void;
  /**
   * Changes the named faults and leaves the others; a preset, by name or as data, leaves latency.
   *
   * @throws Error that names each bad field
   */
  setFaults(change: FaultsChange | FaultPresetName): void;
  /**
   * Changes the pace of the other app in the tenant; 0 makes it stop.
   *
   * @throws Error that names the bad field
   */
  setQuota(change: QuotaChange): void;
  /** Stops both servers and cuts their connections. */
  close(): Promise<void>;
}

/**
 * Starts a simulated Microsoft Graph for one tenant on 127.0.0.1, with its control endpoint.
 *
 * @throws Error that names each bad option, or the system's error when a port is taken
 */
export async function startGraphSimulator(options: GraphSimulatorOptions): Promise<GraphSimulator> {
  const simulation = createSimulation(parseSimulatorOptions(options));
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

function operate(simulation: Simulation) {
  const { statistics, clock, quotas } = simulation;
  return {
    statistics: () => statistics.snapshot(),
    writesAfter: (at: number) => statistics.writesAfter(at),
    writeTimes: (after: number) => statistics.writeTimes(after),
    resetStatistics: () => statistics.reset(),
    setFaults(change: FaultsChange | FaultPresetName) {
      simulation.faults = changeFaults(simulation.faults, change, clock.now());
    },
    setQuota: (change: QuotaChange) =>
      quotas.change(parseOption('quota', quotaChangeSchema, change), clock.now()),
  };
}
