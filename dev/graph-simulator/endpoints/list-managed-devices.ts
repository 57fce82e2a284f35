import { gatewayTimeout } from '../graph/fault-responses.ts';
import type { Endpoint, EndpointRequest } from '../graph/endpoint.ts';
import type { GraphResponse } from '../graph/messages.ts';
import { deviceReadRoles } from '../graph/roles.ts';
import { parseListQuery, type ListQuery } from '../odata/list-query.ts';
import { readDevice } from '../odata/read-device.ts';
import { formatSkipToken, type SkipToken } from '../odata/skip-token.ts';
import type { Simulation } from '../simulation.ts';
import { zeroGuid } from '../guid.ts';

/**
 * GET managedDevices: the devices by name, at most 1,000 a page, with `$select`, `$filter`, `$top`
 * and a link to the next page that names the last device of this one.
 */
export const listManagedDevices: Endpoint = {
  method: 'GET',
  versions: ['v1.0', 'beta'],
  path: 'deviceManagement/managedDevices',
  roles: deviceReadRoles,
  kind: 'listPage',
  handle(request, simulation) {
    const { fleet, faults, dice, statistics } = simulation;
    const query = parseListQuery(request.query, simulation.properties);
    const { after } = query;
    const start = after === undefined ? 0 : fleet.positionAfter(after.name, after.id);
    if (faults.failingPage === pageNumber(simulation, query, start)) {
      statistics.fault('failingPage');
      return gatewayTimeout(request);
    }
    // Not twice in a row: an empty page that led to itself would be an endless listing.
    const isEmpty = after?.id !== zeroGuid && start < fleet.size && dice.isEmptyPage(faults);
    const page = isEmpty
      ? { value: [], next: beforePosition(simulation, start) }
      : readPage(simulation, query, start, request.trace.now);
    const isSlow = dice.isSlowPage(faults);
    if (isEmpty) statistics.fault('emptyPage');
    if (isSlow) statistics.fault('slowPage');
    return { ...toResponse(request, simulation, page), delayMs: isSlow ? faults.slowPageMs : 0 };
  },
};

interface Page {
  value: Record<string, unknown>[];
  /** Where the next page begins; absent on the last one. */
  next?: SkipToken | undefined;
}

function readPage(simulation: Simulation, query: ListQuery, start: number, now: number): Page {
  const { fleet, properties } = simulation;
  const value: Record<string, unknown>[] = [];
  let position = start;
  while (position < fleet.size && value.length < query.top) {
    const index = fleet.atPosition(position++) ?? 0;
    if (query.matches(index, now)) value.push(readDevice(properties, query.select, index, now));
  }
  if (position >= fleet.size) return { value };
  // Going back repeats devices, as a rename or an enrolment while paging does; a step must remain.
  const next = Math.max(position - fleet.settings.duplicatesAcrossPages, start + 1);
  return { value, next: afterPosition(simulation, next - 1) };
}

function toResponse(request: EndpointRequest, simulation: Simulation, page: Page): GraphResponse {
  const base = `${simulation.origin}/${request.version}`;
  const link = page.next && { '@odata.nextLink': nextLink(base, request.query, page.next) };
  const body = {
    '@odata.context': `${base}/$metadata#deviceManagement/managedDevices`,
    // Comes unasked, and counts this page: what it means in Intune is not documented.
    '@odata.count': page.value.length,
    ...link,
    value: page.value,
  };
  return { status: 200, headers: {}, body };
}

function nextLink(base: string, query: URLSearchParams, next: SkipToken): string {
  const kept = [...query].filter(([name]) => name !== '$skiptoken');
  const parameters = [...kept, ['$skiptoken', formatSkipToken(next)] as const];
  const text = parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  return `${base}/deviceManagement/managedDevices?${text}`;
}

function afterPosition({ fleet }: Simulation, position: number): SkipToken {
  const index = fleet.atPosition(position) ?? 0;
  return { name: fleet.nameOf(index), id: fleet.ids.idOf(index) };
}

function beforePosition(simulation: Simulation, position: number): SkipToken {
  return { name: afterPosition(simulation, position).name, id: zeroGuid };
}

/** Counted from 1, as an unfiltered listing meets the pages. */
function pageNumber({ fleet }: Simulation, query: ListQuery, start: number): number {
  const step = Math.max(query.top - fleet.settings.duplicatesAcrossPages, 1);
  return Math.floor(start / step) + 1;
}
