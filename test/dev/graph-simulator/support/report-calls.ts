import { z } from 'zod';
import type { Answer, TestGraph } from './a-graph.ts';
import { control } from './control.ts';

export const summaryPath = '/beta/deviceManagement/reports/getAppsInstallSummaryReport';
export const installsPath =
  '/v1.0/deviceManagement/reports/retrieveDeviceAppInstallationStatusReport';

const reportSchema = z.strictObject({
  TotalRowCount: z.int(),
  Schema: z.array(z.strictObject({ Column: z.string(), PropertyType: z.string() })),
  Values: z.array(z.array(z.union([z.string(), z.number()]))),
  SessionId: z.literal(''),
});

const truthSchema = z.array(
  z.strictObject({
    applicationId: z.guid(),
    displayName: z.string(),
    platform: z.string(),
    errorCode: z.int(),
    deviceIds: z.array(z.guid()),
  }),
);

export type Row = Record<string, string | number>;

export function postReport(graph: TestGraph, path: string, body?: unknown, token?: string) {
  return graph.call(path, { method: 'POST', body, ...(token !== undefined && { token }) });
}

/** The report as it came. */
export function reportOf(answer: Answer) {
  return reportSchema.parse(JSON.parse(answer.text));
}

/** The rows of a page by the names of their columns, and how many there are in all. */
export function rowsOf(answer: Answer): { total: number; rows: Row[] } {
  const { TotalRowCount: total, Schema, Values } = reportOf(answer);
  const rows = Values.map((values) =>
    Object.fromEntries(values.map((value, at) => [Schema[at]?.Column ?? '', value])),
  );
  return { total, rows };
}

/** Reads page after page until all rows are there. */
export async function readReport(graph: TestGraph, path: string, body: object): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const page = rowsOf(await postReport(graph, path, { ...body, skip: rows.length }));
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= page.total) return rows;
  }
}

/** A filter by app, and by states if any are named. */
export function installFilter(applicationId: unknown, ...states: number[]): string {
  const app = `(ApplicationId eq '${String(applicationId)}')`;
  if (states.length === 0) return app;
  return `(${states.map((state) => `(InstallState eq '${state}')`).join(' or ')}) and ${app}`;
}

/** What the control endpoint says has failed. */
export async function failedInstalls(graph: TestGraph) {
  return truthSchema.parse((await control(graph, '/app-installs')).body);
}
