import type { AppInstall, AppInstalls } from '../apps/app-installs.ts';
import { installStateNames, installStates } from '../apps/install-states.ts';
import { BadRequest } from '../graph/bad-request.ts';
import type { Endpoint } from '../graph/endpoint.ts';
import { reportRoles } from '../graph/roles.ts';
import type { Filter } from '../odata/parse-filter.ts';
import { answerReport } from '../reports/answer-report.ts';
import { deviceInstallStatus } from '../reports/device-install-status.ts';
import { parseReportQuery } from '../reports/report-query.ts';
import { valuesOf } from '../reports/values-of.ts';

/**
 * POST reports/retrieveDeviceAppInstallationStatusReport: what became of one app, by device and user,
 * 50 rows a page. An app that the tenant does not have has no rows, which is a guess.
 */
export const retrieveDeviceAppInstallationStatusReport: Endpoint = {
  method: 'POST',
  versions: ['v1.0', 'beta'],
  path: 'deviceManagement/reports/retrieveDeviceAppInstallationStatusReport',
  roles: reportRoles,
  kind: 'report',
  service: 'reports',
  handle({ body, trace }, { fleet, appInstalls }) {
    const report = deviceInstallStatus(fleet, trace.now);
    const query = parseReportQuery(body, report);
    return answerReport(report, query, installsFor(query.filter, appInstalls));
  },
};

/** The installs that can pass the filter, so that no other is looked at. */
function installsFor(filter: Filter | undefined, installs: AppInstalls): AppInstall[] {
  const [id, ...others] = valuesOf(filter, 'ApplicationId') ?? [];
  if (id === undefined || others.length > 0) {
    throw new BadRequest("The filter has to name one app: (ApplicationId eq '<id>').");
  }
  const app = installs.find(id);
  if (app === undefined) return [];
  const asked = valuesOf(filter, 'InstallState')?.map(Number);
  return installStateNames
    .filter((state) => asked === undefined || asked.includes(installStates[state].value))
    .flatMap((state) => installs.of(app, state));
}
