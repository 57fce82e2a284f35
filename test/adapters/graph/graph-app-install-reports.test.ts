import { describe, expect, it } from 'vitest';
import { GraphAppInstallReports } from '../../../src/adapters/graph/graph-app-install-reports.ts';
import { missingPermission } from '../../../src/core/problems.ts';
import { collect } from '../../support/collect.ts';
import { aDeviceId } from '../../support/factories.ts';
import { type Turn, aGraph } from './support/a-graph.ts';

const mailId = aDeviceId(1001);
const notesId = aDeviceId(1002);
const timedOut = -2016330897;

function report(columns: string[], ...rows: unknown[][]): Turn {
  const Schema = columns.map((Column) => ({ Column }));
  return { body: { TotalRowCount: rows.length, Schema, Values: rows } };
}

/** Rows of id, name, failed devices and platform. */
const apps = (...rows: unknown[][]) =>
  report(['ApplicationId', 'DisplayName', 'FailedDeviceCount', 'Platform_loc'], ...rows);

/** Rows of device, state, code and hexadecimal code. */
const installs = (...rows: unknown[][]) =>
  report(['DeviceId', 'InstallState', 'ErrorCode', 'HexErrorCode'], ...rows);

/** What is read from these answers, and what was asked. */
async function reading(...turns: Turn[]) {
  const graph = await aGraph(...turns);
  const policy = { maxRetries: 0, initialDelayMs: 1, maxDelayMs: 1 };
  const reports = new GraphAppInstallReports({ ...graph, random: () => 1, policy });
  const failed = async () => (await collect(reports.listFailed())).flat();
  return { failed, requests: graph.requests };
}

describe('failed app installs', () => {
  it('are read app by app', async () => {
    const { failed, requests } = await reading(
      apps([mailId, 'Contoso Mail', 2, 'iOS/iPadOS'], [notesId, 'Contoso Notes', '1', 'Android']),
      installs([aDeviceId(0xa).toUpperCase(), 2, timedOut, '0x87D13B6F']),
      installs([aDeviceId(2), 2, 0, '']),
    );

    expect(await failed()).toEqual([
      {
        ...{ appId: mailId, app: 'Contoso Mail', platform: 'iOS/iPadOS' },
        ...{ deviceId: aDeviceId(0xa), code: timedOut },
      },
      {
        ...{ appId: notesId, app: 'Contoso Notes', platform: 'Android' },
        ...{ deviceId: aDeviceId(2), code: 0 },
      },
    ]);
    const status = 'microsoft.graph.retrieveDeviceAppInstallationStatusReport';
    expect(requests.map(({ url }) => url)).toEqual([
      '/beta/deviceManagement/reports/getAppsInstallSummaryReport',
      `/v1.0/deviceManagement/reports/${status}`,
      `/v1.0/deviceManagement/reports/${status}`,
    ]);
  });

  it('are asked for by the filters that Intune knows', async () => {
    const { failed, requests } = await reading(apps([mailId, 'Mail', 1, 'iOS']), installs());
    await failed();
    const filters = requests.map(({ body }) => (JSON.parse(body) as { filter: string }).filter);

    expect(filters).toEqual([
      "(FailedDeviceCount gt '0')",
      `(InstallState eq '2') and (ApplicationId eq '${mailId}')`,
    ]);
  });

  it.each([
    ['a Windows app', [mailId, 'Mail', 5, 'Windows']],
    ['a macOS app', [mailId, 'Mail', 5, 'macOS']],
    ['an app without failures, should the filter be ignored', [mailId, 'Mail', 0, 'iOS']],
    ['an id that is none', ["' or '", 'Mail', 5, 'iOS']],
  ])('are not looked for with %s', async (_name, app) => {
    const { failed, requests } = await reading(apps(app));

    expect(await failed()).toEqual([]);
    expect(requests).toHaveLength(1);
  });

  it('are looked for where the platform is not told', async () => {
    const { failed } = await reading(
      apps([mailId, 'Mail', 1, null]),
      installs([aDeviceId(1), 2, timedOut, '']),
    );

    expect(await failed()).toHaveLength(1);
  });

  it('do not include other states, should the filter be ignored', async () => {
    const { failed } = await reading(
      apps([mailId, 'Mail', 1, 'iOS']),
      installs([aDeviceId(1), 1, 0, ''], [aDeviceId(2), '2', timedOut, '']),
    );

    expect((await failed()).map(({ deviceId }) => deviceId)).toEqual([aDeviceId(2)]);
  });

  it.each([
    [timedOut, null, timedOut],
    ['-2016330897', '', timedOut],
    [null, '0x87D13B6F', timedOut],
    [0, '0x87D13B6F', timedOut],
    [0, '0x00000000', 0],
    [undefined, 'none', 0],
  ])('with the codes %j and %j have the code %j', async (code, hex, expected) => {
    const { failed } = await reading(
      apps([mailId, 'Mail', 1, 'iOS']),
      installs([aDeviceId(1), 2, code, hex]),
    );

    expect((await failed())[0]?.code).toBe(expected);
  });

  it('that Graph refuses name the role', async () => {
    const { failed } = await reading({ status: 403, body: { error: { code: 'Forbidden' } } });

    await expect(failed()).rejects.toMatchObject({
      problem: missingPermission(['DeviceManagementApps.Read.All']),
    });
  });
});
