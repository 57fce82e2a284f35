import { formatDateTime } from '../fleet/device-properties.ts';
import { BadRequest } from '../graph/bad-request.ts';
import { readEntity } from '../odata/read-entity.ts';
import type { Simulation } from '../simulation.ts';

const defaultLimit = 20;
const largestLimit = 1000;

const shown = [
  'id',
  'deviceName',
  'operatingSystem',
  'managementAgent',
  'managementState',
  'azureADDeviceId',
  'userId',
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
  const { fleet } = simulation;
  const length = Math.min(parseLimit(limit), fleet.listedCount());
  return Array.from({ length }, (_, position) =>
    summariseDevice(simulation, fleet.atPosition(position) ?? 0),
  );
}

/** One device, with its check-ins and the commands sent to it, oldest first; dates as in Graph. */
export function describeDevice(simulation: Simulation, index: number) {
  const { fleet, clock, commands } = simulation;
  const expectedAt = fleet.checkIns.expectedAt(index, clock.now());
  return {
    ...summariseDevice(simulation, index),
    /** The last check-in before the simulation began. */
    lastSyncDateTimeAtStart: formatDateTime(fleet.dates.checkedInBefore(index)),
    expectedCheckInDateTime: expectedAt === undefined ? null : formatDateTime(expectedAt),
    commands: commands
      .of(index)
      .map(({ at, ...command }) => ({ at: formatDateTime(at), ...command })),
  };
}

function summariseDevice({ fleet, properties, clock }: Simulation, index: number) {
  const { traits } = fleet;
  return {
    ...readEntity(properties, shown, index, clock.now()),
    answersSync: traits.answers(index),
    acceptsSync: traits.acceptsSync(index),
    isGone: traits.isGone(index),
    isRemoved: !fleet.isListed(index),
  };
}

function parseLimit(limit: string | null): number {
  if (limit === null) return defaultLimit;
  const parsed = /^\d+$/.test(limit) ? Number(limit) : 0;
  if (parsed >= 1 && parsed <= largestLimit) return parsed;
  throw new BadRequest(`limit: a whole number from 1 to ${largestLimit} is expected.`);
}
