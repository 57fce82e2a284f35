import type { DeviceProperties } from '../fleet/device-properties.ts';
import { BadRequest } from '../graph/bad-request.ts';
import { checkFilter } from './check-filter.ts';
import { compileFilter, type DevicePredicate } from './compile-filter.ts';
import { parseFilter } from './parse-filter.ts';
import { parseSelect } from './parse-select.ts';
import { parseSkipToken, type SkipToken } from './skip-token.ts';

/** What a listing asks for. */
export interface ListQuery {
  select: readonly string[];
  /** Devices per page, 1 to 1,000. */
  top: number;
  /** Where to go on; absent for the first page. */
  after: SkipToken | undefined;
  matches: DevicePredicate;
}

/** Default and largest page size: github.com/microsoft/powershell-intune-samples/issues/2 */
export const pageLimit = 1000;

const understood = ['$select', '$top', '$filter', '$count', '$skiptoken'];

/**
 * Reads the query options of a listing. Parameters that do not begin with `$` are ignored.
 *
 * @throws BadRequest for an option that is not supported, or a value that is not understood
 */
export function parseListQuery(query: URLSearchParams, properties: DeviceProperties): ListQuery {
  const other = [...query.keys()].find(
    (name) => name.startsWith('$') && !understood.includes(name),
  );
  if (other !== undefined) {
    throw new BadRequest(`The query option '${other}' is not supported for managedDevices.`);
  }
  const token = query.get('$skiptoken');
  return {
    select: parseSelect(query.get('$select'), properties, 'managedDevice'),
    top: parseTop(query.get('$top')),
    after: token === null ? undefined : parseSkipToken(token),
    matches: parseMatches(query, properties),
  };
}

function parseTop(text: string | null): number {
  if (text === null) return pageLimit;
  if (!/^\d+$/.test(text) || Number(text) < 1) {
    throw new BadRequest(`Invalid value '${text}' for $top: a whole number from 1 is expected.`);
  }
  return Math.min(Number(text), pageLimit);
}

function parseMatches(query: URLSearchParams, properties: DeviceProperties): DevicePredicate {
  const text = query.get('$filter');
  // An empty filter returns everything (observed), so it must not be an error here either.
  if (text === null || text.trim() === '') return () => true;
  const filter = checkFilter(parseFilter(text), properties, query.get('$count') === 'true');
  return compileFilter(filter, properties);
}
