import type { DeviceProperties } from '../fleet/device-properties.ts';

/** The selected properties of a device as they are at `now`. */
export function readDevice(
  properties: DeviceProperties,
  selected: readonly string[],
  index: number,
  now: number,
): Record<string, unknown> {
  const device: Record<string, unknown> = {};
  for (const name of selected) device[name] = properties.get(name)?.(index, now) ?? null;
  return device;
}
