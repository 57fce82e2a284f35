import { describe, expect, it } from 'vitest';
import { aGraph, type TestGraph } from './support/a-graph.ts';
import { actionRole, aToken } from './support/a-token.ts';
import { control } from './support/control.ts';
import { aWindowsFleet } from './support/fleets.ts';
import { devicesPath, errorOf, itemsOf, listDevices, postBatch } from './support/graph-calls.ts';
import {
  failedInstalls,
  installFilter,
  installsPath,
  postReport,
  readReport,
  reportOf,
  rowsOf,
  summaryPath,
  type Row,
} from './support/report-calls.ts';

const unknownId = '12345678-1234-4123-8123-123456789abc';

/** The id of the first app for Windows. */
async function windowsApp(graph: TestGraph): Promise<string> {
  const body = { filter: "(Platform eq '3')", top: 1 };
  const { rows } = rowsOf(await postReport(graph, summaryPath, body));
  return String(rows[0]?.['ApplicationId']);
}

function statesOf(rows: readonly Row[]): unknown[] {
  return [...new Set(rows.map((row) => row['InstallState']))].toSorted();
}

describe('retrieveDeviceAppInstallationStatusReport', () => {
  it('has all columns of an install unless some are selected', async () => {
    const graph = await aGraph({ fleet: aWindowsFleet(1, { failedInstallShare: 1 }) });
    const app = await windowsApp(graph);
    const [device] = await listDevices(graph);
    const [truth] = await failedInstalls(graph);
    const answer = await postReport(graph, installsPath, { filter: installFilter(app) });
    expect(answer.headers['content-type']).toBe('application/octet-stream');
    expect(rowsOf(answer)).toEqual({
      total: 1,
      rows: [
        {
          AppInstallState: 2,
          AppInstallState_loc: 'Failed',
          AppVersion: '1.8.0',
          ApplicationId: app,
          DeviceId: device?.['id'],
          DeviceName: device?.['deviceName'],
          ErrorCode: truth?.errorCode,
          HexErrorCode: truth?.errorCode === -2_016_345_060 ? '0x87D1041C' : '0x800705B4',
          InstallState: 2,
          LastModifiedDateTime: device?.['lastSyncDateTime'],
          Platform: 'Windows',
          UserId: device?.['userId'],
          UserName: device?.['userDisplayName'],
          UserPrincipalName: device?.['userPrincipalName'],
        },
      ],
    });
  });

  it('puts the selected columns in an order of its own, with the text of a state', async () => {
    const graph = await aGraph({ fleet: aWindowsFleet(5) });
    const filter = installFilter(await windowsApp(graph));
    const select = ['errorCode', 'DeviceId', 'AppInstallState', 'DeviceId'];
    expect(reportOf(await postReport(graph, installsPath, { select, filter })).Schema).toEqual([
      { Column: 'AppInstallState', PropertyType: 'Int32' },
      { Column: 'AppInstallState_loc', PropertyType: 'String' },
      { Column: 'DeviceId', PropertyType: 'String' },
      { Column: 'ErrorCode', PropertyType: 'Int32' },
    ]);
  });

  it.each([1, 50, 51, 1000])('has at most 50 rows for top %i', async (top) => {
    const graph = await aGraph({ fleet: aWindowsFleet(120, { failedInstallShare: 1 }) });
    const filter = installFilter(await windowsApp(graph), 2);
    const { total, rows } = rowsOf(await postReport(graph, installsPath, { filter, top }));
    expect(rows).toHaveLength(Math.min(top, 50));
    expect(total).toBeGreaterThanOrEqual(120);
  });

  it('has nothing on a page beyond the last row, and still tells how many there are', async () => {
    const graph = await aGraph({ fleet: aWindowsFleet(3, { failedInstallShare: 1 }) });
    const filter = installFilter(await windowsApp(graph));
    const { total, rows } = rowsOf(await postReport(graph, installsPath, { filter, skip: 50 }));
    expect([total >= 3, rows]).toEqual([true, []]);
  });

  it('has, page after page, every device that failed, with its code', async () => {
    const graph = await aGraph({ fleet: { devices: 1500, failedInstallShare: 0.2 } });
    const truth = await failedInstalls(graph);
    const seen = new Map<string, Set<string>>();
    for (const app of new Set(truth.map(({ applicationId }) => applicationId))) {
      for (const row of await readReport(graph, installsPath, { filter: installFilter(app, 2) })) {
        const key = `${app} ${String(row['ErrorCode'])}`;
        seen.set(key, (seen.get(key) ?? new Set()).add(String(row['DeviceId'])));
      }
    }
    const keyed = truth.map(
      ({ applicationId, errorCode, deviceIds }) =>
        [`${applicationId} ${errorCode}`, new Set(deviceIds)] as const,
    );
    // Several apps and codes, and more devices than fit on a page.
    expect(truth.length).toBeGreaterThan(50);
    expect(Math.max(...truth.map(({ deviceIds }) => deviceIds.length))).toBeGreaterThan(50);
    expect(seen).toEqual(new Map(keyed));
  });

  it('repeats a device for its second user, with the same state and code', async () => {
    const graph = await aGraph({ fleet: aWindowsFleet(300, { failedInstallShare: 1 }) });
    const filter = installFilter(await windowsApp(graph));
    const rows = await readReport(graph, installsPath, { filter });
    const distinct = (columns: string[]) =>
      new Set(rows.map((row) => columns.map((column) => row[column]).join(' '))).size;
    expect(rows.length).toBeGreaterThan(300);
    expect(distinct(['DeviceId'])).toBe(300);
    expect(distinct(['DeviceId', 'InstallState', 'ErrorCode', 'HexErrorCode'])).toBe(300);
    expect(distinct(['DeviceId', 'UserId'])).toBe(rows.length);
  });

  it('takes the state before the app, after it, several of them, or none', async () => {
    const graph = await aGraph({ fleet: aWindowsFleet(400, { failedInstallShare: 0.2 }) });
    const id = await windowsApp(graph);
    const rowsFor = (filter: string) => readReport(graph, installsPath, { filter });
    const all = await rowsFor(installFilter(id));
    expect(statesOf(all)).toEqual([-1, 1, 2, 3, 5]);
    const failed = all.filter((row) => row['InstallState'] === 2);
    expect(await rowsFor(installFilter(id, 2))).toEqual(failed);
    expect(await rowsFor(`(ApplicationId eq '${id}') and (InstallState eq '2')`)).toEqual(failed);
    expect(await rowsFor(`(AppInstallState eq '2') and (ApplicationId eq '${id}')`)).toEqual(
      failed,
    );
    expect(statesOf(await rowsFor(installFilter(id, 2, 5)))).toEqual([2, 5]);
    expect(await rowsFor(installFilter(id, 4))).toEqual([]);
    const notFailed = await rowsFor(`(InstallState ne '2') and (ApplicationId eq '${id}')`);
    expect(notFailed).toHaveLength(all.length - failed.length);
  });

  it('finds the installs that ended with a code', async () => {
    const graph = await aGraph({ fleet: aWindowsFleet(100, { failedInstallShare: 1 }) });
    const id = await windowsApp(graph);
    const rowsFor = (code: string) =>
      readReport(graph, installsPath, { filter: `${installFilter(id)} and (${code})` });
    const timedOut = await rowsFor("ErrorCode eq '-2147023436'");
    expect(new Set(timedOut.map((row) => row['HexErrorCode']))).toEqual(new Set(['0x800705B4']));
    expect(await rowsFor("HexErrorCode eq '0x800705b4'")).toEqual(timedOut);
  });

  it('no longer has a device that is not listed, but one that is gone', async () => {
    const fleet = aWindowsFleet(10, { failedInstallShare: 1, goneShare: 1 });
    const graph = await aGraph({ fleet });
    const filter = installFilter(await windowsApp(graph));
    const idsIn = async () => {
      const rows = await readReport(graph, installsPath, { filter });
      return [...new Set(rows.map((row) => String(row['DeviceId'])))];
    };
    const [removed = '', ...others] = await idsIn();
    expect(others).toHaveLength(9);
    await control(graph, `/devices/${removed}/remove`, 'POST');
    expect(await idsIn()).toEqual(others);
    const listed = (await failedInstalls(graph)).flatMap(({ deviceIds }) => deviceIds);
    expect(new Set(listed)).toEqual(new Set(others));
  });

  it('is empty for an app that the tenant does not have', async () => {
    const answer = await postReport(await aGraph(), installsPath, {
      filter: installFilter(unknownId),
    });
    expect(rowsOf(answer)).toEqual({ total: 0, rows: [] });
  });

  it.each([
    [undefined, 'has to name one app'],
    [{}, 'has to name one app'],
    [{ filter: "(InstallState eq '2')" }, 'has to name one app'],
    [{ filter: `(ApplicationId ne '${unknownId}')` }, 'has to name one app'],
    [
      { filter: `(InstallState eq '2') or (ApplicationId eq '${unknownId}')` },
      'has to name one app',
    ],
    [{ filter: `(InstallState eq 2) and ${installFilter(unknownId)}` }, 'Incompatible types'],
    [{ filter: `(InstallState eq 'x') and ${installFilter(unknownId)}` }, 'Incompatible types'],
    [{ filter: `(${installFilter(unknownId)}` }, "')' expected"],
    [
      { filter: installFilter(unknownId), select: ['AppInstallState_loc'] },
      "property named 'AppInstallState_loc'",
    ],
  ])('refuses the body %j', async (body, message) => {
    const error = errorOf(await postReport(await aGraph(), installsPath, body));
    expect(error).toMatchObject({ status: 400, code: 'BadRequest' });
    expect(error.message).toContain(message);
  });

  it('is there in both versions, also under its qualified name', async () => {
    const graph = await aGraph();
    const name = 'retrieveDeviceAppInstallationStatusReport';
    const paths = ['v1.0', 'beta'].flatMap((version) =>
      [name, `microsoft.graph.${name}`].map((one) => `/${version}/deviceManagement/reports/${one}`),
    );
    for (const path of paths) {
      const answer = await postReport(graph, path, { filter: installFilter(unknownId) });
      expect(answer.status).toBe(200);
    }
    expect((await graph.call(installsPath)).status).toBe(405);
  });
});

describe('a report', () => {
  const roles = [
    'DeviceManagementApps.Read.All',
    'DeviceManagementApps.ReadWrite.All',
    'DeviceManagementConfiguration.Read.All',
    'DeviceManagementConfiguration.ReadWrite.All',
    'DeviceManagementManagedDevices.Read.All',
    'DeviceManagementManagedDevices.ReadWrite.All',
  ];

  it.each(roles)('is given to %s', async (role) => {
    const graph = await aGraph();
    const token = aToken({ roles: [role] });
    const body = { filter: installFilter(unknownId) };
    expect((await postReport(graph, summaryPath, {}, token)).status).toBe(200);
    expect((await postReport(graph, installsPath, body, token)).status).toBe(200);
  });

  it('is refused to any other role, naming those that would do', async () => {
    const graph = await aGraph();
    const token = aToken({ roles: [actionRole] });
    for (const path of [summaryPath, installsPath]) {
      const error = errorOf(await postReport(graph, path, {}, token));
      expect(error).toMatchObject({ status: 403, code: 'Forbidden' });
      expect(error.message).toContain(`one of the following scopes: ${roles.join(', ')} - `);
    }
  });

  it('is reading: no write quota and no storm of writes concerns it', async () => {
    const graph = await aGraph({ quota: { appWrites: 0, tenantWrites: 0 } });
    graph.simulator.setFaults({ throttleUntil: 60_000 });
    expect((await postReport(graph, summaryPath, {})).status).toBe(200);
    expect(graph.simulator.statistics()).toMatchObject({
      reportRequests: 1,
      writes: 0,
      refusedActions: 0,
    });
  });

  it('has half the quota of requests that devices have, in a window of its own', async () => {
    const graph = await aGraph({ quota: { appRequests: 6 } });
    const statuses = [];
    for (let sent = 0; sent < 4; sent++) {
      statuses.push((await postReport(graph, summaryPath, {})).status);
    }
    expect(statuses).toEqual([200, 200, 200, 429]);
    expect((await graph.call(devicesPath)).status).toBe(200);
    expect(graph.simulator.statistics()).toMatchObject({ reportRequests: 4, listRequests: 1 });
  });

  it('is base64 inside a batch, since it is a stream', async () => {
    const graph = await aGraph();
    const whole = await postReport(graph, summaryPath, {});
    const url = '/deviceManagement/reports/getAppsInstallSummaryReport';
    const headers = { 'Content-Type': 'application/json' };
    const requests = [{ id: '1', method: 'POST', url, headers, body: {} }];
    const batch = await graph.call('/beta/$batch', { method: 'POST', body: { requests } });
    const [item] = itemsOf(batch);
    expect(item).toMatchObject({
      status: 200,
      headers: { 'Content-Type': 'application/octet-stream' },
      body: Buffer.from(whole.text).toString('base64'),
    });
  });

  it('whose request is bad answers with JSON, inside a batch, too', async () => {
    const graph = await aGraph();
    const alone = await postReport(graph, installsPath, {});
    expect(alone.headers['content-type']).toContain('application/json');
    const url = '/deviceManagement/reports/retrieveDeviceAppInstallationStatusReport';
    const headers = { 'Content-Type': 'application/json' };
    const answer = await postBatch(graph, [{ id: '1', method: 'POST', url, headers, body: {} }]);
    expect(itemsOf(answer)[0]).toMatchObject({
      status: 400,
      headers: { 'Content-Type': 'application/json' },
      body: { error: { code: 'BadRequest' } },
    });
  });
});
