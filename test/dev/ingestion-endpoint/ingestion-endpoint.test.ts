import { request } from 'node:https';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { createCertificate, writeCertificate, type Certificate } from '../../../dev/certificate.ts';
import { startIngestionEndpoint } from '../../../dev/ingestion-endpoint/index.ts';
import { runScript } from '../support/run-script.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

let certificate: Certificate;
beforeAll(async () => {
  certificate = await createCertificate();
});

async function anEndpoint() {
  const endpoint = await startIngestionEndpoint({ certificate });
  onTestFinished(() => endpoint.close());
  return endpoint;
}

interface Answer {
  status: number;
  headers: Record<string, unknown>;
  body: unknown;
}

function post(
  url: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request(url, { method: 'POST', ca: certificate.cert, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: JSON.parse(text) as unknown,
        }),
      );
    })
      .on('error', reject)
      .end(body);
  });
}

function metricNamed(name: string) {
  return {
    name: 'Microsoft.ApplicationInsights.Metric',
    time: '2026-11-21T08:00:00.000Z',
    iKey: '0',
    data: { baseType: 'MetricData', baseData: { metrics: [{ name, value: 1 }] } },
  };
}

test('the real SDK posts a metric, aggregated, and an event', async () => {
  const endpoint = await anEndpoint();
  const { certFile } = await writeCertificate(certificate, await temporaryDirectory());

  await runScript(new URL('post-telemetry.ts', import.meta.url), {
    APPLICATIONINSIGHTS_CONNECTION_STRING: endpoint.connectionString,
    NODE_EXTRA_CA_CERTS: certFile,
    APPLICATION_INSIGHTS_NO_STATSBEAT: 'true',
    APPLICATIONINSIGHTS_SDKSTATS_DISABLED: 'true',
  });

  const properties = { trigger: 'http' };
  expect(endpoint.metrics().filter(({ name }) => name === 'TotalDevices')).toEqual([
    {
      name: 'TotalDevices',
      value: 12,
      count: 2,
      min: 2,
      max: 10,
      properties: expect.objectContaining(properties) as unknown,
      time: expect.any(String) as unknown,
    },
  ]);
  expect(endpoint.events()).toMatchObject([{ name: 'RunCompleted', properties: { runId: '1' } }]);
});

const array = JSON.stringify([metricNamed('a'), metricNamed('b')]);
const lines = `${JSON.stringify(metricNamed('a'))}\n${JSON.stringify(metricNamed('b'))}\n`;
test.each([
  ['a JSON array', '/v2.1/track', array, {}],
  ['one object per line', '/v2/track', lines, {}],
  ['gzip', '/v2.1/track', gzipSync(lines), { 'content-encoding': 'gzip' }],
])('%s is taken in, in order', async (_, path, body, headers) => {
  const endpoint = await anEndpoint();

  const answer = await post(`${endpoint.url}${path}`, body, headers);

  expect(answer).toMatchObject({
    status: 200,
    body: { itemsReceived: 2, itemsAccepted: 2, errors: [] },
  });
  expect(endpoint.metrics().map(({ name }) => name)).toEqual(['a', 'b']);
});

test('a bad envelope is refused by its index, and the others are kept', async () => {
  const endpoint = await anEndpoint();
  const body = JSON.stringify([metricNamed('a'), { name: 'x' }, metricNamed('b')]);

  const answer = await post(`${endpoint.url}/v2.1/track`, body);

  expect(answer).toMatchObject({
    status: 206,
    body: { itemsReceived: 3, itemsAccepted: 2, errors: [{ index: 1, statusCode: 400 }] },
  });
  expect(endpoint.metrics().map(({ name }) => name)).toEqual(['a', 'b']);
});

test.each([
  ['not JSON', 'hello', {}],
  ['empty', '', {}],
  ['not gzip, but says so', 'hello', { 'content-encoding': 'gzip' }],
  ['only bad envelopes', '[{}]', {}],
])('a body that is %s is answered with 400', async (_, body, headers) => {
  const endpoint = await anEndpoint();
  const answer = await post(`${endpoint.url}/v2.1/track`, body, headers);
  expect(answer).toMatchObject({ status: 400, body: { itemsAccepted: 0 } });
  expect(endpoint.metrics()).toEqual([]);
});

test('other telemetry is counted by its type', async () => {
  const endpoint = await anEndpoint();
  const trace = { ...metricNamed('a'), data: { baseType: 'MessageData', baseData: {} } };
  await post(`${endpoint.url}/v2.1/track`, JSON.stringify([trace, trace]));
  expect(endpoint.others()).toEqual({ MessageData: 2 });
});

test('Live Metrics is told that nobody is watching', async () => {
  const endpoint = await anEndpoint();
  const answer = await post(`${endpoint.url}/QuickPulseService.svc/ping?ikey=0`, '{}');
  expect(answer).toMatchObject({ status: 200, headers: { 'x-ms-qps-subscribed': 'false' } });
});

test('an unknown path is answered with 404', async () => {
  const endpoint = await anEndpoint();
  expect(await post(`${endpoint.url}/v3/track`, '[]')).toMatchObject({
    status: 404,
    body: { message: 'POST /v3/track is not known here.' },
  });
});

test('it can be made to fail, and to work again', async () => {
  const endpoint = await anEndpoint();
  const track = () => post(`${endpoint.url}/v2.1/track`, array).then(({ status }) => status);

  endpoint.failWith(503);
  const failing = await track();
  endpoint.failWith(undefined);

  expect([failing, await track()]).toEqual([503, 200]);
  expect(endpoint.metrics()).toHaveLength(2);
});
