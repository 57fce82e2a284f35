import type { Filter } from '../odata/parse-filter.ts';

/**
 * The values that a column can have in rows that pass a filter; undefined when they can be any.
 *
 * @param filter undefined for none
 */
export function valuesOf(filter: Filter | undefined, column: string): string[] | undefined {
  switch (filter?.kind) {
    case undefined:
      return undefined;
    case 'comparison': {
      const { property, operator, value } = filter;
      const isAsked = property.toLowerCase() === column.toLowerCase() && operator === 'eq';
      return isAsked && value.type === 'string' ? [value.value] : undefined;
    }
    case 'and':
      return filter.terms.map((term) => valuesOf(term, column)).find((one) => one !== undefined);
    case 'or': {
      const values = filter.terms.map((term) => valuesOf(term, column));
      return values.every((one) => one !== undefined) ? values.flat() : undefined;
    }
  }
}
