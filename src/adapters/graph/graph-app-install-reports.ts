import type { FailedInstall } from '../../core/app-installs.ts';
import { parseHresult } from '../../core/hresult.ts';
import { appInstallsUnread } from '../../core/problems.ts';
import { featureRoles } from '../../core/roles.ts';
import type { AppInstallReports } from '../../use-cases/ports.ts';
import { type ReportQuery, type ReportRow, readReport } from './intune-report.ts';
import type { ListOptions } from './list-pages.ts';

/** Intune's reports of apps, and of the devices of one app, each where Graph has it. */
export const reports = {
  apps: { version: 'beta', url: '/deviceManagement/reports/getAppsInstallSummaryReport' },
  installs: {
    version: 'v1.0',
    url: '/deviceManagement/reports/microsoft.graph.retrieveDeviceAppInstallationStatusReport',
  },
} as const;

/** Apps with failed installs, the worst first. */
const appsQuery: ReportQuery = {
  ...reports.apps,
  select: ['ApplicationId', 'DisplayName', 'Platform', 'FailedDeviceCount'],
  filter: "(FailedDeviceCount gt '0')",
  orderBy: ['FailedDeviceCount desc'],
};

/** `failed` of Graph's resultantAppState. */
const FAILED_STATE = 2;

/** Systems whose apps a sync does nothing for. */
const desktop = /windows|macos/i;

/**
 * Failed app installs as Intune's reports show them: one says which apps have any, and another, of
 * one app, on which devices. Lists of them that Graph had before (`deviceStatuses`) are gone.
 */
export class GraphAppInstallReports implements AppInstallReports {
  readonly #options: Parameters<typeof readReport>[0];

  constructor(options: ListOptions) {
    this.#options = { ...options, role: featureRoles.apps[0], problemOf: appInstallsUnread };
  }

  async *listFailed(): AsyncIterable<readonly FailedInstall[]> {
    for await (const apps of readReport(this.#options, appsQuery)) {
      yield [];
      for (const app of apps) {
        if (mayHaveFailedOnPhones(app)) yield* this.#failedInstallsOf(app);
      }
    }
  }

  async *#failedInstallsOf(app: ReportRow): AsyncIterable<readonly FailedInstall[]> {
    const appId = textOf(app, 'ApplicationId');
    const query: ReportQuery = {
      ...reports.installs,
      select: ['DeviceId', 'InstallState', 'ErrorCode', 'HexErrorCode'],
      filter: `(InstallState eq '${FAILED_STATE}') and (ApplicationId eq '${appId}')`,
    };
    for await (const rows of readReport(this.#options, query)) {
      yield (
        rows
          // Filters that Intune does not know it has ignored before.
          .filter((row) => Number(row.get('InstallState')) === FAILED_STATE)
          .map((row) => ({
            appId,
            app: textOf(app, 'DisplayName'),
            platform: textOf(app, 'Platform_loc'),
            deviceId: textOf(row, 'DeviceId').toLowerCase(),
            code: codeOf(row),
          }))
      );
    }
  }
}

/** The id goes into a filter, so it has to be one. */
function mayHaveFailedOnPhones(app: ReportRow): boolean {
  const isGuid = /^[0-9a-f-]{36}$/i.test(textOf(app, 'ApplicationId'));
  const hasFailed = Number(app.get('FailedDeviceCount')) > 0;
  return isGuid && hasFailed && !desktop.test(textOf(app, 'Platform_loc'));
}

/** The signed HRESULT, from whichever of the two columns has one; 0 without. */
function codeOf(row: ReportRow): number {
  const [signed, hex] = ['ErrorCode', 'HexErrorCode'].map((column) =>
    parseHresult(textOf(row, column)),
  );
  return signed ?? hex ?? 0;
}

function textOf(row: ReportRow, column: string): string {
  const value = row.get(column);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
