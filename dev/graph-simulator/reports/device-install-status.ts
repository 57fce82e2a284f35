import type { AppInstall } from '../apps/app-installs.ts';
import { installStates } from '../apps/install-states.ts';
import { formatDateTime } from '../fleet/device-properties.ts';
import type { Fleet } from '../fleet/fleet.ts';
import type { Report, ReportColumn } from './report.ts';

type Columns = [string, ReportColumn<AppInstall>][];

/** What became of an app on each device, with a row for each of its users, as it is at `now`. */
export function deviceInstallStatus(fleet: Fleet, now: number): Report<AppInstall> {
  return {
    name: 'deviceInstallStatusByApp',
    columns: new Map([...deviceColumns(fleet), ...installColumns(fleet, now)]),
  };
}

function deviceColumns(fleet: Fleet): Columns {
  const { ids, traits, users } = fleet;
  const text = (read: (install: AppInstall) => string) => ({ type: 'String' as const, read });
  return [
    ['DeviceId', text(({ device }) => ids.idOf(device))],
    ['DeviceName', text(({ device }) => fleet.nameOf(device))],
    ['Platform', text(({ device }) => traits.platform(device).operatingSystem)],
    ['UserId', text(({ user }) => users.idOf(user))],
    ['UserName', text(({ user }) => users.displayNameOf(user))],
    ['UserPrincipalName', text(({ user }) => users.principalNameOf(user))],
  ];
}

function installColumns({ dates, checkIns }: Fleet, now: number): Columns {
  const value = ({ state }: AppInstall) => installStates[state].value;
  // A device reports its apps when it enrols and when it checks in.
  const reportedAt = (device: number) =>
    Math.max(dates.enrolledAt(device), checkIns.lastAt(device, now));
  return [
    ['ApplicationId', { type: 'String', read: ({ app }) => app.id }],
    ['AppVersion', { type: 'String', read: ({ app }) => app.version }],
    ['InstallState', { type: 'Int32', read: value }],
    [
      'AppInstallState',
      { type: 'Int32', read: value, text: ({ state }) => installStates[state].text },
    ],
    ['ErrorCode', { type: 'Int32', read: ({ errorCode }) => errorCode }],
    ['HexErrorCode', { type: 'String', read: ({ errorCode }) => toHex(errorCode) }],
    [
      'LastModifiedDateTime',
      { type: 'DateTime', read: ({ device }) => formatDateTime(reportedAt(device)) },
    ],
  ];
}

/** The 32 bits of a signed number, which are the same code to the reader: `0x87D13B6F`. */
function toHex(signed: number): string {
  return `0x${(signed >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;
}
