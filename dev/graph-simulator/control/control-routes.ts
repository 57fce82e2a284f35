import { changeFaults } from '../faults/presets.ts';
import { noFaults } from '../faults/faults.ts';
import { BadRequest } from '../graph/bad-request.ts';
import { describeIssues } from '../parse-option.ts';
import { quotaChangeSchema } from '../quota/quota-options.ts';
import type { Simulation } from '../simulation.ts';
import type { ControlRoute } from './control-route.ts';
import { describeAppInstalls } from './describe-app-installs.ts';
import { describeConnectors } from './describe-connectors.ts';
import { deviceRoutes } from './device-routes.ts';

/** Everything that can be asked of, and done to, a running simulator from outside. */
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
    path: '/writes',
    summary: 'when device writes came, of the latest 100,000; ?after= (ms since 1970, default 0)',
    handle: ({ statistics }, { query }) => statistics.writeTimes(momentOf(query.get('after'))),
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
    path: '/quota',
    summary: 'the quotas in force',
    handle: ({ quotas }) => quotas.settings(),
  },
  {
    method: 'PATCH',
    path: '/quota',
    summary: 'change the load of the other app, {"otherAppWritesPerSecond": ...}',
    handle: ({ quotas, clock }, { body }) => {
      const parsed = quotaChangeSchema.safeParse(body);
      if (!parsed.success) throw new BadRequest(describeIssues('quota', parsed.error));
      quotas.change(parsed.data, clock.now());
      return quotas.settings();
    },
  },
  {
    method: 'GET',
    path: '/connectors',
    summary: 'the Exchange connectors and the syncs that were sent to them',
    handle: ({ connectors, clock }) => describeConnectors(connectors, clock.now()),
  },
  {
    method: 'GET',
    path: '/app-installs',
    summary: 'on which listed devices the install of an app failed, by app and error code',
    handle: describeAppInstalls,
  },
  ...deviceRoutes,
];

function momentOf(text: string | null): number {
  if (/^\d*$/.test(text ?? '')) return Number(text ?? 0);
  throw new BadRequest(`after has to be milliseconds since 1970, not "${text ?? ''}".`);
}

function setFaults(simulation: Simulation, base: Simulation['faults'], change: unknown) {
  try {
    simulation.faults = changeFaults(base, change, simulation.clock.now());
  } catch (error) {
    throw new BadRequest(error instanceof Error ? error.message : String(error), { cause: error });
  }
  return simulation.faults;
}
