import { changeFaults } from '../faults/presets.ts';
import { noFaults } from '../faults/faults.ts';
import { BadRequest } from '../graph/bad-request.ts';
import type { Simulation } from '../simulation.ts';
import { listDevices } from './list-devices.ts';

export interface ControlRequest {
  query: URLSearchParams;
  /** The parsed JSON body, undefined when there was none. */
  body: unknown;
}

/** One route of the control server; what `handle` returns is the answer's body. */
export interface ControlRoute {
  method: 'GET' | 'PUT' | 'PATCH' | 'POST';
  path: string;
  summary: string;
  /** @throws BadRequest that names the bad field */
  handle(simulation: Simulation, request: ControlRequest): unknown;
}

export const controlRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/',
    summary: 'this list',
    handle: () =>
      controlRoutes.map((one) => `${one.method} ${one.path}  ${one.summary}\n`).join(''),
  },
  {
    method: 'GET',
    path: '/statistics',
    summary: 'what was counted',
    handle: ({ statistics }) => statistics.snapshot(),
  },
  {
    method: 'POST',
    path: '/reset-statistics',
    summary: 'count from zero; quotas, devices and faults stay',
    handle({ statistics }) {
      statistics.reset();
      return statistics.snapshot();
    },
  },
  {
    method: 'GET',
    path: '/faults',
    summary: 'the faults in force',
    handle: ({ faults }) => faults,
  },
  {
    method: 'PATCH',
    path: '/faults',
    summary: 'change some faults; or a preset by name: "none", "typical", "severe"',
    handle: (simulation, { body }) => setFaults(simulation, simulation.faults, body),
  },
  {
    method: 'PUT',
    path: '/faults',
    summary: 'these faults and no others (latency included); or a preset by name',
    handle: (simulation, { body }) => setFaults(simulation, noFaults, body),
  },
  {
    method: 'GET',
    path: '/devices',
    summary: 'the first devices by name, ?limit= (default 20, at most 1,000)',
    handle: (simulation, { query }) => listDevices(simulation, query.get('limit')),
  },
];

function setFaults(simulation: Simulation, base: Simulation['faults'], change: unknown) {
  try {
    simulation.faults = changeFaults(base, change);
  } catch (error) {
    throw new BadRequest(error instanceof Error ? error.message : String(error), { cause: error });
  }
  return simulation.faults;
}
