import { zeroGuid } from '../guid.ts';
import type { ListQuery } from '../odata/list-query.ts';
import { readEntity } from '../odata/read-entity.ts';
import type { SkipToken } from '../odata/skip-token.ts';
import type { Simulation } from '../simulation.ts';
import type { DeviceCollection } from './device-collections.ts';

/** A page of a listing. */
export interface Page {
  value: Record<string, unknown>[];
  /** Where the next page begins; absent on the last one. */
  next?: SkipToken | undefined;
}

/** Reads the devices from a position on that the query asks for. */
export function readPage(
  collection: DeviceCollection,
  simulation: Simulation,
  query: ListQuery,
  start: number,
  now: number,
): Page {
  const { fleet, properties } = simulation;
  const value: Record<string, unknown>[] = [];
  let position = start;
  while (position < fleet.listedCount() && value.length < query.top) {
    const index = fleet.atPosition(position++) ?? 0;
    const isAsked = collection.includes(fleet, index) && query.matches(index, now);
    if (isAsked) value.push(readEntity(properties, query.select, index, now));
  }
  if (position >= fleet.listedCount()) return { value };
  // Going back repeats devices, as a rename or an enrolment while paging does; a step must remain.
  const next = Math.max(position - fleet.settings.duplicatesAcrossPages, start + 1);
  return { value, next: afterPosition(simulation, next - 1) };
}

function afterPosition({ fleet }: Simulation, position: number): SkipToken {
  const index = fleet.atPosition(position) ?? 0;
  return { name: fleet.nameOf(index), id: fleet.ids.idOf(index) };
}

/** A token that leads to the device at a position itself. */
export function beforePosition(simulation: Simulation, position: number): SkipToken {
  return { name: afterPosition(simulation, position).name, id: zeroGuid };
}
