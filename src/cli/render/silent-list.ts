import type { SilentDevice } from '../api/device-document.ts';
import { renderColumns } from './columns.ts';
import { renderCountOf } from './numbers.ts';
import { renderInstant } from './time.ts';

const header = ['device', 'name', 'platform', 'owner', 'last check-in'];

/** Silent devices as a table, and how many they are. */
export function renderSilentList(devices: readonly SilentDevice[], runs: number): string {
  const when = runs === 1 ? 'the last verified run' : `each of the last ${runs} verified runs`;
  if (devices.length === 0) return `No device was silent in ${when}.`;
  const rows = devices.map((device) => [
    device.deviceId,
    device.deviceName ?? '',
    device.platform ?? '',
    device.ownership ?? '-',
    renderInstant(device.lastCheckInAt),
  ]);
  const count = renderCountOf(devices.length, 'device');
  return `${renderColumns([header, ...rows])}\n\n${count}, silent in ${when}.`;
}
