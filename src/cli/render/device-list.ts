import type { Device } from '../api/device-document.ts';
import { renderColumns } from './columns.ts';

const header = ['device', 'name', 'platform', 'outcome', 'code', 'message'];

/** Devices as a table, and what became of each. */
export function renderDeviceList(devices: readonly Device[]): string {
  if (devices.length === 0) return 'There is no such device in the run.';
  const rows = devices.map((device) => [
    device.deviceId,
    device.deviceName ?? '',
    device.platform ?? '',
    device.outcome,
    device.code ?? device.reason ?? '',
    device.message ?? '',
  ]);
  return renderColumns([header, ...rows]);
}
