import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createCertificate } from '../../dev/certificate.ts';
import { type LocalApp, type RunDocument, startLocalApp, until } from '../support/local-app.ts';
import { type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';

let app: LocalApp;
let receiver: ScriptedServer;
const rules = {
  'compromised-policy': { scope: { platforms: ['windows'] } },
  'stolen-token': { scope: { deviceNames: ['WS-00000*'] }, cooldownMinutes: 5 },
  'late-rule': { scope: { deviceNames: ['WS-00001*'] } },
};

/** In the address of the receiver of notifications, whose first answer is a failure. */
const secret = 'not-for-the-log';

beforeAll(async () => {
  const certificate = await createCertificate();
  receiver = await startScriptedServer(certificate, (_, turn) => ({
    status: turn === 0 ? 503 : 202,
  }));
  const settings = {
    SYNC_ALERT_RULES: JSON.stringify(rules),
    NOTIFY_WEBHOOK_URL: `${receiver.url}/workflows/1?sig=${secret}`,
  };
  const trusted = [certificate.cert];
  const graph = { fleet: { devices: 240 } };
  app = await startLocalApp({ graph, instances: 2, settings, trusted });
});
afterAll(async () => {
  await app.close();
  await receiver.close();
});

interface Answer {
  readonly result: string;
  readonly reason: string;
  readonly runId?: string;
}

/** Delivers an alert as Azure Monitor does. */
async function deliver(rule: string, id: string = crypto.randomUUID()) {
  const essentials = {
    alertId: `/subscriptions/x/providers/Microsoft.AlertsManagement/alerts/${id}`,
    alertRule: rule,
    severity: 'Sev1',
    signalType: 'Log',
    monitorCondition: 'Fired',
    monitoringService: 'Log Alerts V2',
    alertTargetIDs: null,
    firedDateTime: '2026-01-04T02:00:00.1234567Z',
  };
  const alertContext = { properties: null, claims: 'person@example.com' };
  const schemaId = 'azureMonitorCommonAlertSchema';
  const response = await app.post('/api/alerts', { schemaId, data: { essentials, alertContext } });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Answer,
  };
}

async function alertRuns(): Promise<RunDocument[]> {
  const response = await app.fetch('/api/runs?trigger=alert');
  return ((await response.json()) as { value: RunDocument[] }).value;
}

describe('an alert in the middle of a scheduled run', () => {
  it('starts one urgent run, however often it is delivered', { timeout: 120_000 }, async () => {
    await app.fire('scheduledSync');
    const scheduledId = await app.untilScheduledRun();
    await app.untilRun(scheduledId, ({ totals }) => totals.success > 20);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => deliver('compromised-policy', 'alert-1')),
    );
    const started = answers.filter(({ status }) => status === 202);
    const runId = started[0]?.body.runId ?? '';
    const run = await app.untilRun(runId, ({ totals }) => totals.success > 0);
    const scheduled = await app.getRun(scheduledId);

    expect(started).toHaveLength(1);
    expect(new Set(answers.map(({ body }) => body.runId)).size).toBe(1);
    expect(run).toMatchObject({
      trigger: 'alert',
      priority: 'urgent',
      reason: 'Alert rule compromised-policy',
      scope: { platforms: ['windows'] },
    });
    expect(scheduled.status).toBe('running');
    expect(await alertRuns()).toHaveLength(1);
    expect(await app.untilRun(runId)).toMatchObject({ status: 'completed' });
    expect(await deliver('compromised-policy', 'alert-1')).toMatchObject({
      status: 200,
      body: { result: 'ignored', runId },
    });
    expect(await deliver('compromised-policy', 'alert-2')).toMatchObject({
      status: 200,
      body: { result: 'ignored', runId },
    });
  });

  it('leaves nothing of the alert in the log', () => {
    const log = app.log.join('\n');

    expect(log).toContain('compromised-policy');
    expect(log).not.toContain('person@example.com');
    expect(log).not.toContain('AlertsManagement');
  });
});

describe('the notification of its end', () => {
  it('arrives once it is accepted, with a link to the run', async () => {
    const { id } = (await alertRuns()).at(-1) ?? { id: '' };
    const notices = await until(() => {
      const received = receiver.requests.filter(({ body }) => body.includes(id));
      return Promise.resolve(received.length > 0 ? received : undefined);
    });
    await until(() => Promise.resolve(receiver.requests.length > 1 ? true : undefined));
    const link = `${app.host.url}/api/runs/${id}`;

    expect(notices[0]?.url).toBe(`/workflows/1?sig=${secret}`);
    expect(JSON.parse(notices[0]?.body ?? '')).toMatchObject({
      type: 'message',
      attachments: [{ content: { actions: [{ type: 'Action.OpenUrl', url: link }] } }],
    });
    expect(notices[0]?.body).not.toContain('WS-0');
    expect(app.log.join('\n')).toContain('its notification was not accepted (status 503)');
    expect(app.log.join('\n')).not.toContain(secret);
  });
});

describe('different alerts of a rule at the same moment', () => {
  it('start one run', async () => {
    const before = (await alertRuns()).length;
    const answers = await Promise.all(Array.from({ length: 8 }, () => deliver('stolen-token')));

    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
    expect(new Set(answers.map(({ body }) => body.runId)).size).toBe(1);
    expect(await alertRuns()).toHaveLength(before + 1);
  });
});

describe('storage that hangs', () => {
  afterEach(() => {
    process.kill(app.environment.azurite.pid, 'SIGCONT');
  });

  it('is answered 503, and the repeated alert starts its run', { timeout: 120_000 }, async () => {
    process.kill(app.environment.azurite.pid, 'SIGSTOP');
    const refused = await deliver('late-rule', 'alert-3');
    process.kill(app.environment.azurite.pid, 'SIGCONT');
    const repeated = await until(async () => {
      const answer = await deliver('late-rule', 'alert-3');
      return answer.status === 503 ? undefined : answer;
    });
    const runId = repeated.body.runId ?? '';
    const run = await app.untilRun(runId);

    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(['started', 'coalesced']).toContain(repeated.body.result);
    expect(run).toMatchObject({ status: 'completed', reason: 'Alert rule late-rule' });
    expect((await alertRuns()).filter(({ reason }) => reason === run['reason'])).toHaveLength(1);
  });
});
