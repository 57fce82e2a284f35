import type { Endpoint } from '../graph/endpoint.ts';
import { reportRoles } from '../graph/roles.ts';
import { answerReport } from '../reports/answer-report.ts';
import { appInstallSummary } from '../reports/app-install-summary.ts';
import { parseReportQuery } from '../reports/report-query.ts';

/** POST reports/getAppsInstallSummaryReport (beta): how many devices each app failed on, 50 a page. */
export const getAppsInstallSummaryReport: Endpoint = {
  method: 'POST',
  versions: ['beta'],
  path: 'deviceManagement/reports/getAppsInstallSummaryReport',
  roles: reportRoles,
  kind: 'report',
  service: 'reports',
  handle({ body }, { appInstalls }) {
    const report = appInstallSummary(appInstalls);
    return answerReport(report, parseReportQuery(body, report), appInstalls.apps);
  },
};
