import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalApp, type RunDocument, startLocalApp, until } from '../support/local-app.ts';

let app: LocalApp;
const settings = {
  SYNC_WRITES_PER_SECOND: '9',
  SYNC_MAX_RETRIES: '0',
  // Two hundred starts come within seconds below.
  SYNC_STARTS_PER_MINUTE: '1000',
};

beforeAll(async () => {
  const fleet = { devices: 150, refusedShare: 0.05 };
  app = await startLocalApp({ graph: { fleet }, settings });
});
afterAll(() => app.close());

/** A number of rows, to see that nothing was written. */
async function countRuns(): Promise<number> {
  let count = 0;
  for await (const _ of app.table('Runs').listEntities()) count++;
  return count;
}

describe('a dry run', () => {
  it('is run as it was planned, device for device', { timeout: 120_000 }, async () => {
    const scope = { platforms: ['windows'], exclude: { ownership: ['personal'] } };
    const plan = await app.untilRun(await app.startRun({ dryRun: true, scope }));
    const planned = await app.devicesOf(plan.id, 'planned');
    const skipped = await app.devicesOf(plan.id, 'skipped');
    expect(app.environment.graph.statistics().writes).toBe(0);
    const run = await app.untilRun(await app.startRun({ fromPlan: plan.id }));

    expect(plan).toMatchObject({ status: 'planned', plan: { devices: planned.length } });
    expect(planned.length).toBeGreaterThan(20);
    expect(await app.devicesOf(run.id, 'accepted,failed,notFound,notSupported')).toEqual(planned);
    expect(await app.devicesOf(run.id, 'skipped')).toEqual(skipped);
  });
});

describe('cancelling at half', () => {
  it('sends no more than a chunk after it, and adds up', { timeout: 120_000 }, async () => {
    const { graph } = app.environment;
    const before = graph.statistics().writes;
    const id = await app.startRun();
    await until(() => Promise.resolve(graph.statistics().writes - before > 60 ? true : undefined));
    const response = await app.post(`/api/runs/${id}/cancel`, {});
    const atCancel = graph.statistics().writes;
    const run = await app.untilRun(id);
    const again = await app.post(`/api/runs/${id}/cancel`, {});
    const { success, error, skipped, cancelled, unknown, totalDevices } = run.totals;

    expect(response.status).toBe(202);
    expect(again.status).toBe(409);
    expect(run.status).toBe('cancelled');
    expect(graph.statistics().writes - atCancel).toBeLessThanOrEqual(20);
    expect(success + error + skipped + cancelled + unknown).toBe(totalDevices);
    expect(cancelled).toBeGreaterThan(0);
    expect(success + error).toBe(graph.statistics().writes - before);
  });
});

describe('a retry', () => {
  it('syncs exactly what failed', { timeout: 120_000 }, async () => {
    const { graph } = app.environment;
    const firstId = await app.startRun();
    await app.untilRun(firstId, ({ status }) => status === 'running');
    graph.setFaults({ rate503: 0.3 });
    const first = await app.untilRun(firstId);
    graph.setFaults({ rate503: 0 });
    const failed = await app.devicesOf(first.id, 'failed');
    const before = graph.statistics().writes;
    const response = await app.post(`/api/runs/${first.id}/retry`, { reason: 'again' });
    const { id } = (await response.json()) as RunDocument;
    const run = await app.untilRun(id);

    expect(failed.length).toBeGreaterThan(0);
    expect(run).toMatchObject({ trigger: 'retry', links: { retryOf: `/api/runs/${first.id}` } });
    expect(await app.devicesOf(id, 'accepted,failed,notFound,notSupported')).toEqual(failed);
    expect(graph.statistics().writes - before).toBe(failed.length);
    expect(await app.getRun(first.id)).toMatchObject({
      links: { retriedBy: [`/api/runs/${id}`] },
    });
  });
});

describe('requests at the same moment', () => {
  it('start one run, a hundred times over', { timeout: 240_000 }, async () => {
    for (let repetition = 0; repetition < 100; repetition++) {
      // Each time another device, so that the runs before are in nobody's way.
      const body = { priority: 'urgent', scope: { deviceIds: [crypto.randomUUID()] } };
      const responses = await Promise.all([
        app.post('/api/runs', body),
        app.post('/api/runs', body),
      ]);

      expect(responses.map(({ status }) => status).sort()).toEqual([202, 409]);
    }
  });

  it('with one Idempotency-Key are one request', async () => {
    const headers = { 'Idempotency-Key': 'drill-7' };
    const body = { dryRun: true };
    const responses = await Promise.all(
      Array.from({ length: 4 }, () => app.post('/api/runs', body, headers)),
    );
    const runs = (await Promise.all(responses.map((response) => response.json()))) as RunDocument[];
    const other = await app.post('/api/runs', { dryRun: true, strict: true }, headers);

    expect(responses.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    expect(new Set(runs.map(({ id }) => id)).size).toBe(1);
    expect(other.status).toBe(400);
  });
});

describe('bad input', () => {
  const guid = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
  const many = Array.from(
    { length: 10_001 },
    (_, n) => guid.slice(0, -5) + String(n).padStart(5, '0'),
  );

  it.each<[string, unknown, string]>([
    ['an unknown field', { wipe: true }, 'wipe'],
    ['an unknown scope field', { scope: { platform: ['windows'] } }, 'scope.platform'],
    ['a wrong type', { dryRun: 'yes' }, 'dryRun'],
    ['an empty list', { scope: { platforms: [] } }, 'scope.platforms'],
    ['10,001 ids', { scope: { deviceIds: many } }, 'scope.deviceIds'],
    ['a bad GUID', { scope: { deviceIds: ['1234'] } }, 'scope.deviceIds.0'],
    ['a bad duration', { scope: { lastSyncOlderThan: '30 days' } }, 'scope.lastSyncOlderThan'],
    ['an unknown platform', { scope: { platforms: ['Windows 11'] } }, 'scope.platforms.0'],
    ['a plan and a scope', { fromPlan: '8204751216926-8d117533', scope: {} }, 'fromPlan'],
    ['a plan that is no run id', { fromPlan: '1' }, 'fromPlan'],
    ['an unknown action', { action: 'wipe' }, 'action'],
    ['a limit of nothing', { maxDevices: 0 }, 'maxDevices'],
    ['a list', [], ''],
  ])('%s is refused, and its path named', async (_what, body, path) => {
    const before = await countRuns();
    const response = await app.post('/api/runs', body);
    const problem = (await response.json()) as { errors: { path: string; message: string }[] };

    expect(response.status).toBe(400);
    expect(problem.errors.map((error) => error.path)).toContain(path);
    expect(problem.errors.every(({ message }) => message.length > 5)).toBe(true);
    expect(await countRuns()).toBe(before);
  });

  it.each([
    ['a page size that is none', '/api/runs?limit=0', 'limit'],
    ['a page that is too large', '/api/runs?limit=101', 'limit'],
    ['an unknown status', '/api/runs?status=done', 'status'],
    ['an unknown parameter', '/api/runs?offset=5', 'offset'],
    ['a bad continuation token', '/api/runs?continuationToken=abc', 'continuationToken'],
  ])('%s in a query is refused, and named', async (_what, path, name) => {
    const response = await app.fetch(path);

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ path: name }] });
  });

  it('a token of another list is refused', async () => {
    const id = await app.startRun({ dryRun: true });
    await app.untilRun(id);
    const path = `/api/runs/${id}/devices`;
    const token = Buffer.from('["Runs", 3]').toString('base64url');

    expect((await app.fetch(`${path}?continuationToken=${token}`)).status).toBe(400);
    expect((await app.fetch(`${path}?outcome=happy`)).status).toBe(400);
  });
});

describe('the report of devices', () => {
  it('as CSV has a line for each device, and the devices of the pages', async () => {
    const id = await app.startRun({ dryRun: true });
    await app.untilRun(id);
    const response = await app.fetch(`/api/runs/${id}/devices?format=csv`);
    const lines = (await response.text()).trimEnd().split('\r\n');

    expect(response.headers.get('content-disposition')).toContain(`fleet-sync-${id}.csv`);
    expect(lines[0]).toMatch(/^deviceId,deviceName,platform,outcome,/);
    expect(lines).toHaveLength(151);
    expect(
      lines
        .slice(1)
        .map((line) => line.slice(0, 36))
        .sort(),
    ).toEqual(await app.devicesOf(id, 'planned,skipped'));
  });
});
