import { describe, expect, it } from 'vitest';
import { aGraph } from './support/a-graph.ts';
import { errorOf } from './support/graph-calls.ts';
import {
  failedInstalls,
  postReport,
  readReport,
  reportOf,
  rowsOf,
  summaryPath,
} from './support/report-calls.ts';

const fleet = { devices: 1000, failedInstallShare: 0.1 };

describe('getAppsInstallSummaryReport', () => {
  it('is a stream of values by position, under a schema in an order of its own', async () => {
    const graph = await aGraph({ fleet });
    const select = ['FailedDeviceCount', 'Platform', 'DisplayName'];
    const answer = await postReport(graph, summaryPath, { select, orderBy: ['Platform'] });
    expect(answer.headers['content-type']).toBe('application/octet-stream');
    const { Schema, Values, ...rest } = reportOf(answer);
    expect(Schema).toEqual([
      { Column: 'DisplayName', PropertyType: 'String' },
      { Column: 'FailedDeviceCount', PropertyType: 'Int32' },
      { Column: 'Platform', PropertyType: 'Int32' },
      { Column: 'Platform_loc', PropertyType: 'String' },
    ]);
    expect(rest).toEqual({ TotalRowCount: 12, SessionId: '' });
    expect(Values[0]).toEqual(['Contoso Mail', expect.any(Number), 1, 'iOS/iPadOS']);
    expect(Values[11]).toEqual(['Contoso Desktop', expect.any(Number), 4, 'macOS']);
  });

  it.each([undefined, {}])('has all columns of all apps for the body %j', async (body) => {
    const graph = await aGraph({ fleet });
    const { total, rows } = rowsOf(await postReport(graph, summaryPath, body));
    expect([total, rows.length]).toEqual([12, 12]);
    expect(Object.keys(rows[0] ?? {})).toEqual([
      'AppVersion',
      'ApplicationId',
      'DisplayName',
      'FailedDeviceCount',
      'InstalledDeviceCount',
      'NotApplicableDeviceCount',
      'NotInstalledDeviceCount',
      'PendingInstallDeviceCount',
      'Platform',
      'Platform_loc',
      'Publisher',
    ]);
  });

  it('counts the different devices on which each app failed', async () => {
    const graph = await aGraph({ fleet });
    const select = ['ApplicationId', 'FailedDeviceCount'];
    const expected = new Map<string, number>();
    for (const { applicationId, deviceIds } of await failedInstalls(graph)) {
      expected.set(applicationId, (expected.get(applicationId) ?? 0) + deviceIds.length);
    }
    expect(expected.size).toBeGreaterThan(1);
    const rows = await readReport(graph, summaryPath, { select });
    expect(rows).toEqual(
      [...expected].map(([ApplicationId, FailedDeviceCount]) => ({
        ApplicationId,
        FailedDeviceCount,
      })),
    );
  });

  it('leaves out and sorts what it is told to', async () => {
    const graph = await aGraph({ fleet });
    const countsOf = async (body: object) =>
      (await readReport(graph, summaryPath, body)).map((row) => Number(row['FailedDeviceCount']));
    const descending = (await countsOf({})).toSorted((a, b) => b - a);
    const orderBy = ['FailedDeviceCount desc'];
    expect(await countsOf({ orderBy })).toEqual(descending);
    const body = { select: ['FailedDeviceCount'], orderBy, skip: 2, top: 3 };
    expect(rowsOf(await postReport(graph, summaryPath, body))).toEqual({
      total: 12,
      rows: descending.slice(2, 5).map((FailedDeviceCount) => ({ FailedDeviceCount })),
    });
    const least = descending[5] ?? 0;
    const filter = `(FailedDeviceCount gt '${least}')`;
    expect(await countsOf({ orderBy, filter })).toEqual(
      descending.filter((count) => count > least),
    );
  });

  it('has no app whose installs failed where none did', async () => {
    const graph = await aGraph({ fleet: { devices: 300, failedInstallShare: 0 } });
    const filter = "(FailedDeviceCount gt '0')";
    expect(reportOf(await postReport(graph, summaryPath, { filter }))).toMatchObject({
      TotalRowCount: 0,
      Values: [],
    });
    expect(await failedInstalls(graph)).toEqual([]);
  });

  it.each([
    [{ filter: '(FailedDeviceCount gt 0)' }, 'Incompatible types'],
    [{ filter: "(FailedDeviceCount gt 'many')" }, 'Incompatible types'],
    [{ filter: '(DisplayName eq 5)' }, 'Incompatible types'],
    [{ filter: "contains(DisplayName,'Mail')" }, "'contains' is not supported in a report"],
    [{ filter: "(ShoeSize eq '44')" }, "property named 'ShoeSize'"],
    [{ filter: "(Platform_loc eq 'Android')" }, "property named 'Platform_loc'"],
    [{ select: ['DisplayName', 'ShoeSize'] }, "property named 'ShoeSize'"],
    [{ select: ['Platform_loc'] }, "property named 'Platform_loc'"],
    [{ orderBy: ['ShoeSize desc'] }, "property named 'ShoeSize'"],
    [{ orderBy: ['DisplayName down'] }, "'DisplayName down' is not a column"],
    [{ select: 'DisplayName' }, 'body.select: '],
    [{ skip: -1 }, 'body.skip: '],
    [{ top: 0 }, 'body.top: '],
    [{ search: 'mail' }, '"search"'],
    [[], 'body: '],
  ])('refuses the body %j', async (body, message) => {
    const error = errorOf(await postReport(await aGraph({ fleet }), summaryPath, body));
    expect(error).toMatchObject({ status: 400, code: 'BadRequest' });
    expect(error.message).toContain(message);
  });

  it('is there in beta alone, under its qualified name, too', async () => {
    const graph = await aGraph({ fleet });
    const statusAt = async (path: string) => (await postReport(graph, path, {})).status;
    const reports = 'deviceManagement/reports';
    const name = 'getAppsInstallSummaryReport';
    expect(await statusAt(`/beta/${reports}/microsoft.graph.${name}`)).toBe(200);
    expect(await statusAt(`/v1.0/${reports}/${name}`)).toBe(400);
  });
});
