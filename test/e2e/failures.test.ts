import { resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startFunctionsHost } from '../../dev/functions-host/index.ts';
import { type LocalApp, startLocalApp } from '../support/local-app.ts';

const appDirectory = resolve(import.meta.dirname, '../..');
const readRole = 'DeviceManagementManagedDevices.Read.All';
const syncRole = 'DeviceManagementManagedDevices.PrivilegedOperations.All';
const noPatience = {
  SYNC_MAX_RETRIES: '2',
  SYNC_INITIAL_BACKOFF_SECONDS: '0.1',
  SYNC_MAX_BACKOFF_SECONDS: '0.2',
};

let app: LocalApp | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
});

describe('a page that keeps failing', () => {
  it('fails the run, says so, and syncs nobody', async () => {
    const graph = { fleet: { devices: 1_500 }, faults: { failingPage: 2 } };
    app = await startLocalApp({ graph, settings: noPatience });
    const run = await app.untilRun(await app.startRun());

    expect(run).toMatchObject({ status: 'failed', problem: { code: 'listingFailed' } });
    expect(run.problem?.detail).toContain('status 504');
    expect(run.totals).toMatchObject({ totalDevices: 0, success: 0 });
    expect(app.environment.graph.statistics()).toMatchObject({ writes: 0, devicesSynced: 0 });
  });
});

describe('a permission that is missing', () => {
  it.each([
    ['to list', [syncRole], readRole, 0],
    ['to sync', [readRole], syncRole, 0],
  ])('fails the run and is named: %s', async (_what, roles, missing, synced) => {
    const graph = { fleet: { devices: 100 } };
    app = await startLocalApp({ graph, identity: { roles } });
    const health = await app.fetch('/api/health');
    const run = await app.untilRun(await app.startRun());

    expect(await health.json()).toMatchObject({
      status: 'degraded',
      dependencies: {
        graphToken: { status: 'degraded', detail: expect.stringContaining(missing) as string },
      },
    });
    expect(run).toMatchObject({ status: 'failed', problem: { code: 'missingPermission' } });
    expect(run.problem?.detail).toContain(missing);
    expect(app.environment.graph.statistics()).toMatchObject({ devicesSynced: synced });
    expect(app.environment.graph.statistics().writes).toBeLessThanOrEqual(20);
  });
});

describe('storage that is down at start', () => {
  it('leaves the API up: health says so, and nothing is started', { timeout: 60_000 }, async () => {
    app = await startLocalApp({ graph: { fleet: { devices: 10 } } });
    process.kill(app.environment.azurite.pid, 'SIGKILL');
    const health = await app.fetch('/api/health');
    const start = await app.fetch('/api/runs', { method: 'POST' });

    expect(health.status).toBe(503);
    expect(await health.json()).toMatchObject({
      status: 'unavailable',
      dependencies: { tables: { status: 'unavailable' }, queues: { status: 'unavailable' } },
    });
    expect(start.status).toBe(503);
    expect(start.headers.get('retry-after')).toBe('5');
    expect(start.headers.get('content-type')).toContain('application/problem+json');
  });
});

describe('a bad setting', () => {
  it.each([
    ['SYNC_BATCH_SIZE', '99', 'from 1 to 98'],
    ['SYNC_WRITES_PER_SECOND', 'fast', 'from 0.1 to 20'],
    ['SYNC_SCHEDULE', 'every sunday', 'NCRONTAB'],
    ['GRAPH_ENDPOINT', 'https://graph.example.com', 'loopback'],
    ['AZURE_CLIENT_ID', 'me', 'client id'],
  ])('stops the start and names itself: %s=%s', async (name, value, why) => {
    const lines: string[] = [];
    const environment = {
      AzureWebJobsStorage__queueServiceUri: 'https://127.0.0.1:1/devstoreaccount1',
      AzureWebJobsStorage__tableServiceUri: 'https://127.0.0.1:1/devstoreaccount1',
      AzureWebJobsStorage__blobServiceUri: 'https://127.0.0.1:1/devstoreaccount1',
      [name]: value,
    };
    const start = startFunctionsHost({
      appDirectory,
      environment,
      log: (line) => lines.push(line),
    });

    const error = await start.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    const said = `${String(error)}\n${lines.join('\n')}`;
    expect(error).toBeInstanceOf(Error);
    expect(said).toContain(name);
    expect(said).toContain(why);
  });
});
