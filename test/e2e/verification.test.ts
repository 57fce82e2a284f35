import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalApp, type RunDocument, startLocalApp, until } from '../support/local-app.ts';

let app: LocalApp;

/** Minutes take a quarter of a second: who answers soon has within 1.5 s, who is late in 30 to 120 s. */
const clockScale = 240;
const settings = { VERIFY_AFTER: '5s,121s', SYNC_WRITES_PER_SECOND: '9' };

beforeAll(async () => {
  const nobody = { iOS: 0, iPadOS: 0, macOS: 0, android: 0, linux: 0, chromeOS: 0 };
  const fleet = {
    devices: 1_200,
    platforms: { windows: 1, ...nobody },
    offlineShare: 0.1,
    lateShare: 0.2,
    noSyncAgentShare: 0,
    leavingShare: 0,
  };
  app = await startLocalApp({ graph: { fleet, clockScale }, settings });
});
afterAll(() => app.close());

interface Look {
  readonly at: string | null;
  readonly checkedIn: number | null;
  readonly byItself: number | null;
  readonly silent: number | null;
  readonly gone: number | null;
  readonly medianMinutes: number | null;
}

const looksOf = (run: RunDocument) => run['verification'] as readonly Look[];
const countsOf = ({ checkedIn, byItself, silent, gone }: Look) => [
  checkedIn,
  byItself,
  silent,
  gone,
];

/** What the simulator alone knows. */
async function control<T>(path: string, method = 'GET'): Promise<T> {
  const response = await fetch(`${app.environment.graph.controlUrl}${path}`, { method });
  return (await response.json()) as T;
}

interface Truth {
  readonly online: number;
  readonly late: number;
  readonly silent: number;
}

/** Ids of so many devices that never answer. */
async function silentDevices(count: number): Promise<string[]> {
  const devices = await control<{ id: string; answersSync: string }[]>('/devices?limit=1000');
  return devices
    .filter(({ answersSync }) => answersSync === 'never')
    .slice(0, count)
    .map(({ id }) => id);
}

describe('a verified run over a fleet of 70 % online, 20 % late and 10 % silent devices', () => {
  it('reports exactly the check-ins that there were', { timeout: 300_000 }, async () => {
    const { graph, ingestion } = app.environment;
    const truth = await control<Truth>('/truth');
    const id = await app.startRun({ mode: 'bulk' });
    const ended = await app.untilRun(id);
    expect(looksOf(ended)).toHaveLength(2);
    expect(ended.totals).toMatchObject({ success: 1_200, error: 0 });
    await app.untilRun(id, (run) => looksOf(run)[0]?.at !== null);
    const removed = await silentDevices(3);
    for (const device of removed) await control(`/devices/${device}/remove`, 'POST');
    const run = await app.untilRun(id, (each) => looksOf(each)[1]?.at !== null);

    const { online, late, silent } = truth;
    expect(looksOf(run).map(countsOf)).toEqual([
      [online, 0, late + silent, 0],
      [online + late, 0, silent - 3, 3],
    ]);
    expect(looksOf(run)[0]?.medianMinutes).toBeLessThan(0.05);
    expect(run).toMatchObject({ status: 'completed', totals: { success: 1_200 } });

    expect(await app.devicesOf(id, 'checkedIn')).toHaveLength(online + late);
    expect(await app.devicesOf(id, 'silent')).toHaveLength(silent - 3);
    expect(await app.devicesOf(id, 'gone')).toEqual(removed.sort());
    expect(await app.devicesOf(id, 'accepted')).toEqual([]);

    // The plan's listing and two looks, each of two pages of at most 1,000 devices.
    expect(graph.statistics()).toMatchObject({ listRequests: 3 * 2, devicesSynced: 1_200 });
    const received = await until(() => {
      const silences = ingestion.metrics().filter(({ name }) => name === 'SilentCount');
      return Promise.resolve(silences.length === 2 ? silences : undefined);
    });
    expect(received.map(({ value }) => value)).toEqual([late + silent, silent - 3]);

    const answer = await app.fetch('/api/devices/silent?runs=1&limit=5000');
    const { value } = (await answer.json()) as { value: { deviceId: string }[] };
    expect(value.map(({ deviceId }) => deviceId)).toEqual(await app.devicesOf(id, 'silent'));
    const csv = await (await app.fetch('/api/devices/silent?runs=1&format=csv')).text();
    expect(csv.trimEnd().split('\r\n')).toHaveLength(1 + silent - 3);
  });
});
