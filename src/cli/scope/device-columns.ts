/** What a list names its devices by: the fields of a scope. */
export type DeviceField = 'deviceIds' | 'serialNumbers' | 'deviceNames';

/** In the order in which a column is chosen: an id names exactly one device, a name perhaps two. */
const columns: readonly (readonly [field: DeviceField, names: readonly string[]])[] = [
  ['deviceIds', ['deviceid', 'id', 'manageddeviceid', 'intunedeviceid']],
  ['serialNumbers', ['serialnumber', 'serial']],
  [
    'deviceNames',
    ['devicename', 'manageddevicename', 'computername', 'computer', 'hostname', 'name'],
  ],
];

/** Ids of the same devices in another directory; they would match nothing, or something else. */
const entraNames = ['azureaddeviceid', 'entradeviceid', 'microsoftentradeviceid', 'aaddeviceid'];

/** The column of a list that names its devices. */
export interface DeviceColumn {
  field: DeviceField;
  /** From 0. */
  index: number;
}

/**
 * Finds the column by its header, whatever its letter case, spaces and signs: `Device ID`,
 * `deviceId`, `device_id`.
 */
export function findDeviceColumn(header: readonly string[]): DeviceColumn | undefined {
  const names = header.map(normalise);
  for (const [field, known] of columns) {
    const index = names.findIndex((name) => known.includes(name));
    if (index >= 0) return { field, index };
  }
  return undefined;
}

/** The column that says what is done to each device; from 0, -1 when there is none. */
export function findActionColumn(header: readonly string[]): number {
  return header.findIndex((name) => normalise(name) === 'action');
}

/** Whether a header has only the id that Entra ID knows the device by. */
export function hasEntraId(header: readonly string[]): boolean {
  return header.some((name) => entraNames.includes(normalise(name)));
}

function normalise(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z]/g, '');
}
