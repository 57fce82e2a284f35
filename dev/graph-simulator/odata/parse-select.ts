import { BadRequest } from '../graph/bad-request.ts';

/** Something that has its properties by name, in the order in which they are written. */
export type Properties = Pick<ReadonlyMap<string, unknown>, 'has' | 'keys'>;

/**
 * The properties to return, in the order asked for; all of them without `$select`.
 *
 * @param select the query option's value, null when it is absent
 * @param type Graph's name for what has the properties, e.g. `managedDevice`
 * @throws BadRequest for a property that the type does not have
 */
export function parseSelect(select: string | null, properties: Properties, type: string): string[] {
  const names = (select ?? '').split(',').map((name) => name.trim());
  const asked = names.filter((name) => name !== '');
  if (asked.length === 0 || asked.includes('*')) return [...properties.keys()];
  return asked.map((name) => resolveProperty(name, properties, type));
}

/**
 * The property's own spelling; Graph reads names without regard to case.
 *
 * @throws BadRequest for a property that the type does not have
 */
export function resolveProperty(name: string, properties: Properties, type: string): string {
  if (properties.has(name)) return name;
  const lower = name.toLowerCase();
  for (const known of properties.keys()) if (known.toLowerCase() === lower) return known;
  throw new BadRequest(
    `Could not find a property named '${name}' on type 'microsoft.graph.${type}'.`,
  );
}
