import { BadRequest } from '../graph/bad-request.ts';
import { readDevice } from '../odata/read-device.ts';
import type { Simulation } from '../simulation.ts';

const defaultLimit = 20;
const largestLimit = 1000;

const shown = [
  'id',
  'deviceName',
  'operatingSystem',
  'managementAgent',
  'managementState',
  'lastSyncDateTime',
];

/**
 * The first devices by name, as Graph lists them, with what Graph does not tell: how the simulator
 * will treat them.
 *
 * @param limit the query parameter, null when it is absent
 * @throws BadRequest when the limit is not a whole number from 1 to 1,000
 */
export function listDevices(simulation: Simulation, limit: string | null) {
  const { fleet, properties, clock } = simulation;
  const { traits } = fleet;
  const length = Math.min(parseLimit(limit), fleet.size);
  return Array.from({ length }, (_, position) => {
    const index = fleet.atPosition(position) ?? 0;
    return {
      ...readDevice(properties, shown, index, clock.now()),
      answersSync: traits.answers(index),
      acceptsSync: traits.acceptsSync(index),
      isGone: traits.isGone(index),
    };
  });
}

function parseLimit(limit: string | null): number {
  if (limit === null) return defaultLimit;
  const parsed = /^\d+$/.test(limit) ? Number(limit) : 0;
  if (parsed >= 1 && parsed <= largestLimit) return parsed;
  throw new BadRequest(`limit: a whole number from 1 to ${largestLimit} is expected.`);
}
