import { gatewayTimeout } from '../graph/fault-responses.ts';
import type { Endpoint, EndpointRequest } from '../graph/endpoint.ts';
import type { GraphResponse } from '../graph/messages.ts';
import { deviceReadRoles } from '../graph/roles.ts';
import { parseListQuery, type ListQuery } from '../odata/list-query.ts';
import { nextLink } from '../odata/next-link.ts';
import { formatSkipToken } from '../odata/skip-token.ts';
import type { Simulation } from '../simulation.ts';
import { zeroGuid } from '../guid.ts';
import { managedDevices, type DeviceCollection } from './device-collections.ts';
import { beforePosition, readPage, type Page } from './read-device-page.ts';

/**
 * GET managedDevices or comanagedDevices: the devices by name, at most 1,000 a page, with
 * `$select`, `$filter`, `$top` and a link to the next page that names the last device of this one.
 */
export function listManagedDevices(collection: DeviceCollection): Endpoint {
  return {
    method: 'GET',
    versions: collection.versions,
    path: `deviceManagement/${collection.name}`,
    roles: deviceReadRoles,
    kind: collection === managedDevices ? 'listPage' : 'other',
    handle: (request, simulation) => answerPage(collection, request, simulation),
  };
}

function answerPage(
  collection: DeviceCollection,
  request: EndpointRequest,
  simulation: Simulation,
): GraphResponse {
  const { fleet, faults, dice, statistics } = simulation;
  const query = parseListQuery(request.query, simulation.properties);
  const { after } = query;
  const start = after === undefined ? 0 : fleet.positionAfter(after.name, after.id);
  if (faults.failingPage === pageNumber(simulation, query, start)) {
    statistics.fault('failingPage');
    return gatewayTimeout(request);
  }
  // Not twice in a row: an empty page that led to itself would be an endless listing.
  const mayBeEmpty = after?.id !== zeroGuid && start < fleet.listedCount();
  const isEmpty = mayBeEmpty && dice.isEmptyPage(faults);
  const page = isEmpty
    ? { value: [], next: beforePosition(simulation, start) }
    : readPage(collection, simulation, query, start, request.trace.now);
  const isSlow = dice.isSlowPage(faults);
  if (isEmpty) statistics.fault('emptyPage');
  if (isSlow) statistics.fault('slowPage');
  const delayMs = isSlow ? faults.slowPageMs : 0;
  return { ...toResponse(collection, request, simulation, page), delayMs };
}

function toResponse(
  { name }: DeviceCollection,
  request: EndpointRequest,
  simulation: Simulation,
  page: Page,
): GraphResponse {
  const base = `${simulation.origin}/${request.version}`;
  const url = `${base}/deviceManagement/${name}`;
  const token = page.next && formatSkipToken(page.next);
  const link = token !== undefined && { '@odata.nextLink': nextLink(url, request.query, token) };
  const body = {
    '@odata.context': `${base}/$metadata#deviceManagement/${name}`,
    // Comes unasked, and counts this page: what it means in Intune is not documented.
    '@odata.count': page.value.length,
    ...link,
    value: page.value,
  };
  return { status: 200, headers: {}, body };
}

/** Counted from 1, as an unfiltered listing meets the pages. */
function pageNumber({ fleet }: Simulation, query: ListQuery, start: number): number {
  const step = Math.max(query.top - fleet.settings.duplicatesAcrossPages, 1);
  return Math.floor(start / step) + 1;
}
