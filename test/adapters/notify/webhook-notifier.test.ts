import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Certificate } from '../../../dev/certificate.ts';
import { WebhookNotifier } from '../../../src/adapters/notify/webhook-notifier.ts';
import { noticeOf } from '../../../src/core/notice.ts';
import { NotifyError } from '../../../src/use-cases/ports.ts';
import { aRun, startOfTest } from '../../support/factories.ts';
import {
  type Reply,
  type ScriptedServer,
  startScriptedServer,
} from '../../support/scripted-server.ts';
import { aTrustedCertificate } from '../../support/trusted-certificate.ts';

let certificate: Certificate;
const servers: ScriptedServer[] = [];
beforeAll(async () => {
  certificate = await aTrustedCertificate();
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const notice = noticeOf(aRun({ status: 'completed', completedAt: startOfTest + 60_000 }));
const secret = 'not-for-the-log';

async function aReceiver(reply: Reply): Promise<ScriptedServer> {
  const server = await startScriptedServer(certificate, () => reply);
  servers.push(server);
  return server;
}

function aNotifier({ url }: { url: string }, options = {}): WebhookNotifier {
  return new WebhookNotifier({
    url: `${url}/workflows/1?sig=${secret}`,
    format: 'json',
    clock: { now: () => startOfTest },
    ...options,
  });
}

/** What sending a notice fails with. */
async function failureOf(notifier: WebhookNotifier): Promise<unknown> {
  return notifier.notify(notice).then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('a notice', () => {
  it('is posted to the whole address of the setting, as JSON with a link', async () => {
    const receiver = await aReceiver({ status: 202 });
    await aNotifier(receiver, { appUrl: 'https://my-app.azurewebsites.net' }).notify(notice);
    const [request, ...more] = receiver.requests;

    expect(more).toEqual([]);
    expect(request).toMatchObject({
      method: 'POST',
      url: `/workflows/1?sig=${secret}`,
      headers: { 'content-type': 'application/json' },
    });
    expect(JSON.parse(request?.body ?? '')).toEqual({
      ...notice,
      createdAt: '2026-01-04T02:00:00.000Z',
      completedAt: '2026-01-04T02:01:00.000Z',
      link: `https://my-app.azurewebsites.net/api/runs/${notice.runId}`,
    });
  });

  it('is a card when the setting says so', async () => {
    const receiver = await aReceiver({ status: 202 });
    await aNotifier(receiver, { format: 'adaptiveCard' }).notify(notice);

    expect(JSON.parse(receiver.requests[0]?.body ?? '')).toMatchObject({
      type: 'message',
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive' }],
    });
  });

  it('follows no redirect, wherever it leads', async () => {
    const elsewhere = await aReceiver({ status: 200 });
    const receiver = await aReceiver({ status: 307, headers: { location: elsewhere.url } });

    expect(await failureOf(aNotifier(receiver))).toEqual(new NotifyError('status 307'));
    expect(elsewhere.requests).toEqual([]);
  });
});

describe('a receiver that', () => {
  it.each<[string, Reply, NotifyError]>([
    ['is not there any more', { status: 404 }, new NotifyError('status 404')],
    ['fails', { status: 500, body: 'x'.repeat(1_000) }, new NotifyError('status 500')],
    [
      'asks for a wait',
      { status: 429, headers: { 'retry-after': '30' } },
      new NotifyError('status 429', 30_000),
    ],
    [
      'asks for a wait of nonsense',
      { status: 503, headers: { 'retry-after': '-1' } },
      new NotifyError('status 503'),
    ],
    ['cuts the connection', 'reset', new NotifyError('no answer')],
  ])('%s is an error without the address', async (_, reply, error) => {
    const receiver = await aReceiver(reply);
    const failure = await failureOf(aNotifier(receiver));

    expect(failure).toEqual(error);
    expect(failure).toMatchObject({ retryAfterMs: error.retryAfterMs });
    expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure))).not.toContain(secret);
    expect(receiver.requests).toHaveLength(1);
  });

  it('does not answer in time is an error without the address', async () => {
    const receiver = await aReceiver('silence');
    const failure = await failureOf(aNotifier(receiver, { timeoutMs: 50 }));

    expect(failure).toEqual(new NotifyError('no answer'));
  });

  it('is not there at all is an error without the address', async () => {
    const receiver = await aReceiver({ status: 200 });
    await receiver.close();
    servers.length = 0;
    const failure = await failureOf(aNotifier(receiver));

    expect(failure).toEqual(new NotifyError('no answer'));
    expect((failure as Error).stack).not.toContain(secret);
  });
});
