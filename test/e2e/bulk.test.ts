import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalApp, type RunDocument, startLocalApp } from '../support/local-app.ts';

let app: LocalApp;

beforeAll(async () => {
  const fleet = { devices: 300, refusedShare: 0.05, goneShare: 0.03 };
  app = await startLocalApp({ graph: { fleet }, settings: { SYNC_WRITES_PER_SECOND: '10' } });
});
afterAll(() => app.close());

interface Device {
  readonly deviceId: string;
  readonly platform: string;
  readonly outcome: string;
  readonly sentBy?: string;
}

async function devicesOf(id: string): Promise<Device[]> {
  const response = await app.fetch(`/api/runs/${id}/devices?limit=1000`);
  return ((await response.json()) as { value: Device[] }).value;
}

function sumOf({ totals }: RunDocument): number {
  const { success, error, skipped, cancelled, unknown } = totals;
  return success + error + skipped + cancelled + unknown;
}

/** Runs everything in bulk under some faults of bulk calls. */
async function bulkRun(faults: Parameters<LocalApp['environment']['graph']['setFaults']>[0]) {
  const { graph } = app.environment;
  graph.setFaults({ bulkFailedShare: 0, bulkOmittedShare: 0, bulkUnavailable: false });
  graph.setFaults(faults);
  graph.resetStatistics();
  const run = await app.untilRun(await app.startRun({ mode: 'bulk' }));
  return { run, devices: await devicesOf(run.id), counted: graph.statistics() };
}

const isBulkPlatform = ({ platform }: Device) =>
  ['windows', 'macOS', 'iOS', 'iPadOS'].includes(platform);

describe('a bulk run', { timeout: 240_000 }, () => {
  it('sends to what bulk takes in calls of 98 devices, and one by one to the others', async () => {
    const { run, devices, counted } = await bulkRun({});
    const sent = devices.filter(({ outcome }) => outcome !== 'skipped');

    expect(run).toMatchObject({ mode: 'bulk', status: 'completedWithErrors' });
    expect(sumOf(run)).toBe(300);
    expect(counted.bulkRequests).toBe(Math.ceil(sent.length / 98));
    expect(counted.devicesSynced).toBe(run.totals.success);
    expect(counted.duplicateSyncs).toBe(0);
    for (const device of sent) {
      expect(device.sentBy).toBe(isBulkPlatform(device) ? 'bulk' : 'perDevice');
    }
    const outcomes = new Set(sent.map(({ outcome }) => outcome));
    expect(outcomes).toEqual(new Set(['accepted', 'notFound', 'notSupported']));
  });

  it('sends one by one to what fails in bulk or is in no list, and counts each device once', async () => {
    const { run, devices, counted } = await bulkRun({
      bulkFailedShare: 0.2,
      bulkOmittedShare: 0.2,
    });

    expect(run['mode']).toBe('bulk');
    expect(sumOf(run)).toBe(300);
    expect(counted.devicesSynced).toBe(run.totals.success);
    const single = devices.filter(
      (device) => isBulkPlatform(device) && device.sentBy === 'perDevice',
    );
    expect(single.length).toBeGreaterThan(60);
    // What a list leaves out may have been synced all the same: only those are sent to twice.
    expect(counted.duplicateSyncs).toBeLessThan(single.length / 2);
  });

  it('goes on one by one when Graph does not know the call any more', async () => {
    const { run, devices, counted } = await bulkRun({ bulkUnavailable: true });

    expect(run['mode']).toBe('bulk');
    expect(sumOf(run)).toBe(300);
    expect(counted).toMatchObject({ bulkRequests: 0, duplicateSyncs: 0 });
    expect(counted.devicesSynced).toBe(run.totals.success);
    expect(new Set(devices.map(({ sentBy = 'none' }) => sentBy))).toEqual(
      new Set(['perDevice', 'none']),
    );
  });
});

describe('no other action than syncDevice', () => {
  const enumsFile = resolve(
    import.meta.dirname,
    '../../../shared/conformance/graph/enums-2026-08.json',
  );

  it('can be asked for, whatever Graph would do with it', async () => {
    const { enums } = JSON.parse(await readFile(enumsFile, 'utf8')) as {
      enums: { managedDeviceRemoteAction: { beta: string[] } };
    };
    const others = enums.managedDeviceRemoteAction.beta.filter((name) => name !== 'syncDevice');
    expect(others.length).toBeGreaterThan(15);
    const { graph } = app.environment;
    graph.resetStatistics();
    for (const name of others) {
      for (const body of [
        { action: name },
        { action: name, mode: 'bulk' },
        { action: 'syncDevice', mode: 'bulk', actionName: name },
        { action: ['syncDevice', name] },
        { mode: name },
      ]) {
        expect((await app.post('/api/runs', body)).status).toBe(400);
      }
      await app.send('sync-batches', { runId: 'x', batch: 0, action: name, actionName: name });
    }
    expect(graph.statistics()).toMatchObject({ refusedActions: 0, writes: 0 });
  });
});
