import type { DeviceProperties } from '../fleet/device-properties.ts';
import { BadRequest } from '../graph/bad-request.ts';
import { filterRules } from './filter-rules.ts';
import type { Comparison, Filter } from './parse-filter.ts';
import { resolveProperty } from './parse-select.ts';

/**
 * Refuses what Intune does not document as supported: other properties, other operators, and `or`
 * between anything but values of one property.
 *
 * @param withCount whether `$count=true` is asked for, which excludes `azureADDeviceId`
 * @returns the filter with the properties' own spelling
 * @throws BadRequest that names the property or operator
 */
export function checkFilter(
  filter: Filter,
  properties: DeviceProperties,
  withCount: boolean,
): Filter {
  if (filter.kind === 'comparison') return checkComparison(filter, properties, withCount);
  const terms = filter.terms.map((term) => checkFilter(term, properties, withCount));
  if (filter.kind === 'or') checkAlternatives(terms);
  return { kind: filter.kind, terms };
}

function checkComparison(
  comparison: Comparison,
  properties: DeviceProperties,
  withCount: boolean,
): Comparison {
  const property = resolveProperty(comparison.property, properties, 'managedDevice');
  const rule = filterRules.get(property);
  if (rule === undefined) {
    throw new BadRequest(`The property '${property}' does not support $filter.`);
  }
  if (!rule.operators.includes(comparison.operator)) {
    const known = rule.operators.join(', ');
    throw new BadRequest(
      `'${comparison.operator}' is not supported in a $filter on '${property}', only ${known}.`,
    );
  }
  if (rule.type !== comparison.value.type) {
    const expected = rule.type === 'date' ? 'an unquoted date in UTC' : 'a quoted text';
    throw new BadRequest(`A $filter on '${property}' needs ${expected}.`);
  }
  if (property === 'azureADDeviceId' && withCount) {
    throw new BadRequest(`A $filter on 'azureADDeviceId' cannot be combined with $count.`);
  }
  return { ...comparison, property };
}

function checkAlternatives(terms: readonly Filter[]): void {
  const names = new Set(terms.map((term) => (term.kind === 'comparison' ? term.property : '')));
  const [name = ''] = names;
  if (names.size === 1 && filterRules.get(name)?.or === true) return;
  throw new BadRequest(
    "'or' is supported only between several values of one property that allows it; use 'and'.",
  );
}
