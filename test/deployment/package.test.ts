import { access, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PackagedFile, writePackage } from '../../dev/deployment/write-package.ts';
import { queueNames } from '../../src/adapters/queue/queues.ts';
import { operations } from '../../src/functions/http/openapi-operations.ts';
import { type LocalApp, startLocalApp, until } from '../support/local-app.ts';
import { productionSettings } from './support/production-settings.ts';

const project = resolve(import.meta.dirname, '../..');
const clientId = '22222222-2222-4222-8222-222222222222';

let folder: string;
let files: PackagedFile[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fleet-sync-package-'));
  files = await writePackage(project, folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the deployment package', () => {
  it('is the bundle and what the host reads, and nothing else', async () => {
    const found = await readdir(folder, { recursive: true, withFileTypes: true });
    expect(files.map(({ path }) => path)).toEqual([
      'dist/applicationinsights.cjs',
      'dist/index.cjs',
      'host.json',
      'package.json',
    ]);
    expect(found.filter((entry) => entry.isFile())).toHaveLength(files.length);
  });

  it('is what was built, byte for byte', async () => {
    for (const { path } of files) {
      const [packaged, built] = await Promise.all(
        [folder, project].map((root) => readFile(join(root, path))),
      );
      expect(packaged).toEqual(built);
    }
  });

  it('takes less than 2 MB zipped', () => {
    const zipped = files.reduce((sum, { zippedSize }) => sum + zippedSize, 0);
    expect(zipped).toBeLessThan(2 * 1024 * 1024);
  });

  it('lies where no package could be found beside or above it', async () => {
    const modules = parentsOf(folder).map((parent) => join(parent, 'node_modules'));
    const found = await Promise.all(modules.map((path) => access(path).then(() => path, absent)));
    expect(found.filter((path) => path !== undefined)).toEqual([]);
  });
});

describe('the deployment package with the settings of production', { timeout: 120_000 }, () => {
  let app: LocalApp;
  let settings: Record<string, string>;

  beforeAll(async () => {
    const production = await productionSettings();
    const known = Object.entries(production).filter(([, value]) => !value.includes('<'));
    settings = {
      ...Object.fromEntries(known),
      AZURE_CLIENT_ID: clientId,
      AzureWebJobsStorage__clientId: clientId,
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: `Authorization=AAD;ClientId=${clientId}`,
      AZURE_FUNCTIONS_ENVIRONMENT: 'Production',
    };
    const fleet = { devices: 30 };
    app = await startLocalApp({ graph: { fleet }, settings, appDirectory: folder });
    const given = { ...app.environment.settings, ...settings };
    expect(Object.keys(production).filter((name) => !(name in given))).toEqual([]);
  });
  afterAll(() => app.close());

  it('registers every function: routes, queues with their poison queues, timers', () => {
    const { functions } = app.host;
    const sources = (kind: string) =>
      functions
        .filter((one) => one.kind === kind)
        .map(({ methods, source }) => [...methods, source].join(' '));
    const queues = Object.values(queueNames);
    expect(sources('http').toSorted()).toEqual(
      operations.map(({ method, path }) => `${method.toUpperCase()} /api${path}`).toSorted(),
    );
    expect(sources('queue').toSorted()).toEqual(
      queues.flatMap((name) => [name, `${name}-poison`]).toSorted(),
    );
    expect(sources('timer').toSorted()).toEqual(
      ['0 */15 * * * *', settings['SYNC_SCHEDULE']].toSorted(),
    );
  });

  it('reaches everything it depends on', async () => {
    const health = await app.fetch('/api/health');
    expect(health.status).toBe(200);
  });

  it('syncs a fleet and reports it', async () => {
    const run = await app.untilRun(await app.startRun({ reason: 'First run of the package' }));
    const { totals } = run;
    expect(run.status).toBe('completed');
    expect(totals.totalDevices).toBe(30);
    expect(totals.success + totals.skipped).toBe(30);
    expect(app.environment.graph.statistics()).toMatchObject({ devicesSynced: totals.success });
    const events = await until(() => {
      const received = app.environment.ingestion.events();
      return Promise.resolve(received.length > 0 ? received : undefined);
    });
    expect(events.map(({ name }) => name)).toEqual(['RunCompleted']);
  });
});

function parentsOf(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [path, ...parentsOf(parent)];
}

function absent(): undefined {
  return undefined;
}
