import { z } from 'zod';
import { BadRequest } from '../graph/bad-request.ts';
import { describeIssues } from '../parse-option.ts';
import type { Simulation } from '../simulation.ts';
import { NotFound, type ControlRoute } from './control-route.ts';
import { countTruth } from './count-truth.ts';
import { describeDevice, listDevices } from './describe-device.ts';

// What Intune allows is not documented as a whole; the limit only keeps a mistake out.
const renameSchema = z.strictObject({ name: z.string().min(1).max(255) });

/** What a test wants to know about devices, and what can happen to them in the meantime. */
export const deviceRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/devices',
    summary: 'the first devices by name, ?limit= (default 20, at most 1,000)',
    handle: (simulation, { query }) => listDevices(simulation, query.get('limit')),
  },
  {
    method: 'GET',
    path: '/devices/{id}',
    summary: 'a device, what was sent to it, and when it checked in and will check in',
    handle: (simulation, { id }) => describeDevice(simulation, indexOf(simulation, id)),
  },
  {
    method: 'POST',
    path: '/devices/{id}/remove',
    summary: 'the device disappears from lists and answers 404',
    handle(simulation, { id }) {
      const index = indexOf(simulation, id);
      simulation.fleet.remove(index);
      return describeDevice(simulation, index);
    },
  },
  {
    method: 'POST',
    path: '/devices/{id}/rename',
    summary: 'the device gets another name, {"name": ...}, and with it another place in lists',
    handle(simulation, { id, body }) {
      const parsed = renameSchema.safeParse(body);
      if (!parsed.success) throw new BadRequest(describeIssues('body', parsed.error));
      const index = indexOf(simulation, id);
      if (!simulation.fleet.isListed(index)) throw new NotFound(`Device ${id} was removed.`);
      simulation.fleet.rename(index, parsed.data.name);
      return describeDevice(simulation, index);
    },
  },
  {
    method: 'GET',
    path: '/truth',
    summary: 'how many devices check in after a sync, and how soon; how many never will',
    handle: countTruth,
  },
];

function indexOf({ fleet }: Simulation, id: string): number {
  const index = fleet.ids.indexOf(id);
  if (index === undefined) throw new NotFound(`There is no device ${id}; GET /devices lists them.`);
  return index;
}
