import type { DeviceProperties } from '../fleet/device-properties.ts';
import { BadRequest } from '../graph/bad-request.ts';

/**
 * The properties to return, in the order asked for; all of them without `$select`.
 *
 * @param select the query option's value, null when it is absent
 * @throws BadRequest for a property that the device does not have
 */
export function parseSelect(select: string | null, properties: DeviceProperties): string[] {
  const names = (select ?? '').split(',').map((name) => name.trim());
  const asked = names.filter((name) => name !== '');
  if (asked.length === 0 || asked.includes('*')) return [...properties.keys()];
  return asked.map((name) => resolveProperty(name, properties));
}

/**
 * The property's own spelling; Graph reads names without regard to case.
 *
 * @throws BadRequest for a property that the device does not have
 */
export function resolveProperty(name: string, properties: DeviceProperties): string {
  if (properties.has(name)) return name;
  const lower = name.toLowerCase();
  for (const known of properties.keys()) if (known.toLowerCase() === lower) return known;
  throw new BadRequest(
    `Could not find a property named '${name}' on type 'microsoft.graph.managedDevice'.`,
  );
}
