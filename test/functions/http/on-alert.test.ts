import { readdirSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { PROOF_TIME_MS } from '../../../src/core/answer-time.ts';
import { onAlertHandler } from '../../../src/functions/http/on-alert.ts';
import type { receiveAlert } from '../../../src/use-cases/receive-alert.ts';
import { absent, conformance } from '../../support/conformance.ts';
import { alertRules } from '../../support/factories.ts';
import { aFleet } from '../../support/fleet.ts';
import { openApiContract } from '../../support/openapi-contract.ts';
import { Simulation } from '../../support/simulation.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { openApiDocument } from '../../../src/functions/http/openapi-document.ts';
import { aPost, callHttp, jsonHeaders, problemHeaders } from '../support/call-http.ts';

const HOUR_MS = 3_600_000;

/** The rules of all payloads; that of the budget has no name. */
const rules = alertRules(
  'test-activityLogAlertRule',
  'test-availabilityTest-test-applicationInsights',
  'test-logAlertRule-v1-metricMeasurement',
  'XDR Alert trend change',
  'test-logAlertRule-v2',
  'test-dynamicMetricAlertRule',
  'test-metricAlertRule',
  'WCUS-R2-Gen2',
  'test-ResourceHealthAlertRule',
  'test-ServiceHealthAlertRule',
  'test-SmartAlertRule',
);

/** Every payload of the conformance data, and the answer to it. */
const payloads: [file: string, status: number, result: string, reason: RegExp][] = [
  ['activity-log-administrative-fired', 202, 'started', /started/],
  ['availability-test-fired', 202, 'started', /started/],
  ['budget-nulls-fired', 200, 'ignored', /SYNC_ALERT_RULES/],
  ['log-v1-metric-fired', 202, 'started', /started/],
  ['log-v2-fired', 202, 'started', /started/],
  ['log-v2-fired-realworld-shape', 202, 'started', /started/],
  ['metric-dynamic-fired', 202, 'started', /started/],
  ['metric-static-fired', 202, 'started', /started/],
  ['metric-static-resolved', 200, 'ignored', /resolved/],
  ['resource-health-fired', 202, 'started', /started/],
  ['service-health-fired', 202, 'started', /started/],
  ['smart-detector-fired', 202, 'started', /started/],
];

interface Answer {
  readonly result: string;
  readonly reason: string;
  readonly runId?: string;
}

const contract = openApiContract(JSON.parse(JSON.stringify(openApiDocument())));

/** Posts to the handler over the whole app; every answer must be as the OpenAPI document says. */
async function post(app: Simulation, body: unknown, headers = {}, known = rules) {
  const handler = onAlertHandler(app.receiveAlert(known), app.clock);
  const answer = await callHttp(handler, aPost(body, headers));
  contract({
    method: 'POST',
    path: '/alerts',
    status: answer.status,
    contentType: answer.headers['content-type'] ?? '',
    body: JSON.stringify(answer.body),
  });
  return { ...answer, body: answer.body as Answer };
}

function anApp(): Simulation {
  return new Simulation({ fleet: aFleet(30) });
}

/** An alert in the common schema; `essentials` over those of one of a known rule. */
function anAlertBody(essentials: object = {}): object {
  const usual = {
    alertId: 'alert-1',
    alertRule: 'test-metricAlertRule',
    monitorCondition: 'Fired',
    firedDateTime: '2026-01-04T02:00:00.1234567Z',
  };
  return {
    schemaId: 'azureMonitorCommonAlertSchema',
    data: { essentials: { ...usual, ...essentials }, alertContext: null },
  };
}

describe('the payloads of Azure Monitor', () => {
  it('are all in the table', ({ skip }) => {
    if (conformance('alerts/budget-nulls-fired.json') === undefined) skip(absent);
    const folder = new URL('../../../../shared/conformance/alerts/', import.meta.url);
    const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

    expect(payloads.map(([file]) => `${file}.json`).sort()).toEqual(files.sort());
  });

  it.for(payloads)('%s is answered %i, %s', async ([file, status, result, reason], { skip }) => {
    const body = conformance(`alerts/${file}.json`) ?? skip(absent);
    const app = anApp();
    const answer = await post(app, body);

    expect(answer).toMatchObject({ status, body: { result } });
    expect(answer.body.reason).toMatch(reason);
    expect(app.runs.rows.size).toBe(status === 202 ? 1 : 0);
  });

  it.for(payloads)(
    '%s starts nothing while its rule is not in the setting',
    async ([file], { skip }) => {
      const body = conformance(`alerts/${file}.json`) ?? skip(absent);
      const app = anApp();

      expect(await post(app, body, {}, new Map())).toMatchObject({
        status: 200,
        body: { result: 'ignored' },
      });
      expect(app.calls).toEqual([]);
    },
  );

  it.for(payloads)(
    '%s, twice at once and again an hour later, starts one run at most',
    async ([file, status], { skip }) => {
      const body = conformance(`alerts/${file}.json`) ?? skip(absent);
      const app = anApp();
      const atOnce = await Promise.all([post(app, body), post(app, body)]);
      await app.settle(HOUR_MS);
      app.clock.moveTo(app.clock.now() + HOUR_MS);
      const later = await post(app, body);
      await app.settle(HOUR_MS);

      const [first, second] = status === 202 ? [200, 202] : [200, 200];
      expect(atOnce.map((answer) => answer.status).sort()).toEqual([first, second]);
      expect(later).toMatchObject({ status: 200, body: { result: 'ignored' } });
      expect(app.runs.rows.size).toBe(status === 202 ? 1 : 0);
      expect(app.graph.writes).toBe(status === 202 ? 30 : 0);
    },
  );
});

describe('POST /alerts', () => {
  it('says what it started, and where to follow it', async () => {
    const app = anApp();

    expect(await post(app, anAlertBody())).toEqual({
      status: 202,
      headers: { ...jsonHeaders, location: `/api/runs/${app.run.id}` },
      body: {
        result: 'started',
        reason: 'A run was started for the alert.',
        runId: app.run.id,
      },
      log: [`information: Alert of the rule "test-metricAlertRule": started, run ${app.run.id}`],
    });
  });

  it('says which run an alert joined', async () => {
    const app = anApp();
    await post(app, anAlertBody());

    expect(await post(app, anAlertBody({ alertId: 'alert-2' }))).toMatchObject({
      status: 200,
      headers: { location: `/api/runs/${app.run.id}` },
      body: {
        result: 'coalesced',
        reason: 'A run of the alert rule is open; the alert joined it.',
        runId: app.run.id,
      },
    });
  });

  it('says until when the rule is cooling down', async () => {
    const app = anApp();
    const startedAt = app.clock.now();
    await post(app, anAlertBody());
    await app.settle();
    const { body } = await post(app, anAlertBody({ alertId: 'alert-2' }));

    expect(body).toMatchObject({ result: 'ignored', runId: app.run.id });
    expect(body.reason).toContain(new Date(startedAt + HOUR_MS).toISOString());
  });

  it.each([
    ['is missing', undefined],
    ['is null', null],
    ['is a number', 7],
    ['is empty', ''],
    ['is an object', {}],
    ['is endless', 'x'.repeat(10_000)],
  ])('takes an alert any of whose essentials %s', async (_, value) => {
    for (const name of ['alertId', 'alertRule', 'monitorCondition', 'firedDateTime']) {
      const { status } = await post(anApp(), anAlertBody({ [name]: value }));
      expect([name, status]).toEqual([
        name,
        name === 'alertId' || name === 'firedDateTime' ? 202 : 200,
      ]);
    }
  });

  it.each([
    ['the old schema of metrics', { schemaId: 'AzureMonitorMetricAlert', data: {} }, 'schemaId'],
    ['no schema', { status: 'Activated', context: {} }, 'schemaId'],
    ['nothing', '', 'schemaId'],
    ['an alert without data', { schemaId: 'azureMonitorCommonAlertSchema' }, 'data'],
    [
      'an alert without essentials',
      { schemaId: 'azureMonitorCommonAlertSchema', data: { essentials: null } },
      'data.essentials',
    ],
    ['a list', [], ''],
    ['null', 'null', ''],
    ['what is not JSON', '{"schemaId":', ''],
  ])('refuses %s, and names the field', async (_, body, path) => {
    const app = anApp();
    const answer = await post(app, body);

    expect(answer).toMatchObject({ status: 400, headers: problemHeaders });
    expect(answer.body).toMatchObject({
      errors: expect.arrayContaining([expect.objectContaining({ path })]) as unknown,
    });
    expect(app.calls).toEqual([]);
  });

  it('names the setting of the action group that another schema is mended by', async () => {
    const { body } = await post(anApp(), { schemaId: 'Microsoft.Insights/activityLogs' });

    expect(JSON.stringify(body)).toContain('Enable the common alert schema');
    expect(JSON.stringify(body)).toContain('useCommonAlertSchema');
  });

  it('takes 256 KB, and no byte more', async () => {
    const empty = JSON.stringify({ ...anAlertBody(), filler: '' });
    const filled = (bytes: number) =>
      JSON.stringify({ ...anAlertBody(), filler: 'x'.repeat(bytes - empty.length) });

    expect((await post(anApp(), filled(256 * 1024))).status).toBe(202);
    expect((await post(anApp(), filled(256 * 1024 + 1))).status).toBe(413);
  });

  it('takes nothing but JSON', async () => {
    expect((await post(anApp(), anAlertBody(), { 'content-type': 'text/plain' })).status).toBe(415);
  });
});

describe('storage that', () => {
  const asksAgain = {
    status: 503,
    headers: { ...problemHeaders, 'retry-after': '5' },
    body: { detail: 'The alert could not be taken now. Send it again shortly.' },
  };

  it.each([
    ['fails', Object.assign(new Error('down'), { statusCode: 500 })],
    ['fails in a way nobody thought of', new TypeError('odd')],
  ])('%s is answered 503, and never 500', async (_, error) => {
    const receive: ReturnType<typeof receiveAlert> = () => Promise.reject(error);
    const handler = onAlertHandler(receive, new VirtualClock());
    const answer = await callHttp(handler, aPost(anAlertBody()));

    expect(answer).toMatchObject(asksAgain);
    expect(answer.log).toEqual([`error: The alert could not be taken: ${error.message}`]);
  });

  it('hangs is answered 503 within 5 s, also when it took long to find out who is calling', async () => {
    const clock = new VirtualClock();
    const receive: ReturnType<typeof receiveAlert> = () => new Promise(() => undefined);
    const answering = callHttp(onAlertHandler(receive, clock), aPost(anAlertBody()));
    while (clock.nextWakeAt === Infinity) await turn();
    clock.moveTo(clock.now() + 4_900 - PROOF_TIME_MS);

    expect(await answering).toMatchObject(asksAgain);
  });

  it('fails and comes back takes the repeated alert', async () => {
    const app = anApp();
    const create = app.runs.create.bind(app.runs);
    app.runs.create = () => Promise.reject(new Error('down'));
    const refused = await post(app, anAlertBody());
    app.runs.create = create;
    const repeated = await post(app, anAlertBody());

    expect(refused.status).toBe(503);
    expect(repeated).toMatchObject({ status: 202, body: { runId: app.run.id } });
  });
});
