/** Reads one property of the entity with this index as it is at `now`. */
export type PropertyReader = (index: number, now: number) => unknown;

/** The selected properties of an entity as they are at `now`. */
export function readEntity(
  properties: ReadonlyMap<string, PropertyReader>,
  selected: readonly string[],
  index: number,
  now: number,
): Record<string, unknown> {
  const entity: Record<string, unknown> = {};
  for (const name of selected) entity[name] = properties.get(name)?.(index, now) ?? null;
  return entity;
}
