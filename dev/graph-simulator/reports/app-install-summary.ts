import type { AppInstalls } from '../apps/app-installs.ts';
import type { App } from '../apps/apps.ts';
import type { InstallState } from '../apps/install-states.ts';
import type { Report, ReportColumn } from './report.ts';

/** What became of each app on how many devices, whoever uses them. */
export function appInstallSummary(installs: AppInstalls): Report<App> {
  const count = (state: InstallState): ReportColumn<App> => ({
    type: 'Int32',
    read: (app) => installs.devicesIn(app, state).length,
  });
  return {
    name: 'appInstallStatusAggregate',
    columns: new Map<string, ReportColumn<App>>([
      ['ApplicationId', { type: 'String', read: ({ id }) => id }],
      ['DisplayName', { type: 'String', read: ({ displayName }) => displayName }],
      ['Publisher', { type: 'String', read: ({ publisher }) => publisher }],
      ['AppVersion', { type: 'String', read: ({ version }) => version }],
      [
        'Platform',
        {
          type: 'Int32',
          read: ({ platform }) => platform.value,
          text: ({ platform }) => platform.text,
        },
      ],
      ['InstalledDeviceCount', count('installed')],
      ['FailedDeviceCount', count('failed')],
      ['NotInstalledDeviceCount', count('notInstalled')],
      ['PendingInstallDeviceCount', count('pendingInstall')],
      ['NotApplicableDeviceCount', count('notApplicable')],
    ]),
  };
}
