import type { DeviceProperties } from '../fleet/device-properties.ts';
import type { Comparison, Filter } from './parse-filter.ts';
import type { PropertyReader } from './read-entity.ts';

/** Whether the device with this index is in the listing at `now`. */
export type DevicePredicate = (index: number, now: number) => boolean;

/** Turns a checked filter into a function that reads only the properties it names. */
export function compileFilter(filter: Filter, properties: DeviceProperties): DevicePredicate {
  if (filter.kind === 'comparison') {
    const read = properties.get(filter.property);
    return read === undefined ? () => false : compileComparison(filter, read);
  }
  const terms = filter.terms.map((term) => compileFilter(term, properties));
  return filter.kind === 'and'
    ? (index, now) => terms.every((term) => term(index, now))
    : (index, now) => terms.some((term) => term(index, now));
}

function compileComparison({ operator, value }: Comparison, read: PropertyReader): DevicePredicate {
  if (value.type === 'date') {
    const sign = operator === 'lt' ? -1 : 1;
    return (index, now) => sign * (Date.parse(String(read(index, now))) - value.ms) > 0;
  }
  const wanted = value.value.toLowerCase();
  // Comparing with an empty text returns every device, as Intune was seen to do.
  if (wanted === '') return () => true;
  const text: (index: number, now: number) => string = (index, now) =>
    String(read(index, now)).toLowerCase();
  if (operator === 'contains') return (index, now) => text(index, now).includes(wanted);
  const isEqual = operator === 'eq';
  return (index, now) => (text(index, now) === wanted) === isEqual;
}
