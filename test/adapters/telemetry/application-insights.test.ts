import { readdir } from 'node:fs/promises';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { startIngestionEndpoint } from '../../../dev/ingestion-endpoint/index.ts';
import { ApplicationInsightsTelemetry } from '../../../src/adapters/telemetry/application-insights.ts';
import { temporaryDirectory } from '../../dev/support/temporary-directory.ts';
import { aTrustedCertificate } from '../../support/trusted-certificate.ts';

const certificate = aTrustedCertificate();

/** The adapter, and the endpoint that it posts to. */
async function anAdapter() {
  const endpoint = await startIngestionEndpoint({ certificate: await certificate });
  onTestFinished(() => endpoint.close());
  const { connectionString } = endpoint;
  return { endpoint, telemetry: new ApplicationInsightsTelemetry({ connectionString }) };
}

afterEach(() => vi.unstubAllEnvs());

const properties = {
  trigger: 'schedule',
  action: 'syncDevice',
  mode: 'perDevice',
  status: 'completed',
};

describe('Application Insights', () => {
  it('receives every metric with its value and dimensions, once', async () => {
    const { endpoint, telemetry } = await anAdapter();
    const metrics = { TotalDevices: 300, SuccessCount: 290, ErrorCount: 0, Duration: 41.25 };
    await telemetry.emit({ metrics, properties });
    const received = endpoint.metrics().map(({ name, value, count, properties: given }) => ({
      name,
      value,
      count,
      given,
    }));
    expect(received.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
      { name: 'Duration', value: 41.25, count: 1, given: properties },
      { name: 'ErrorCount', value: 0, count: 1, given: properties },
      { name: 'SuccessCount', value: 290, count: 1, given: properties },
      { name: 'TotalDevices', value: 300, count: 1, given: properties },
    ]);
  });

  it('receives the event with its properties', async () => {
    const { endpoint, telemetry } = await anAdapter();
    const event = { name: 'RunCompleted', properties: { runId: 'r1', TotalDevices: '300' } };
    await telemetry.emit({ metrics: { OpenRuns: 0 }, properties: {}, event });
    expect(endpoint.events()).toMatchObject([event]);
  });

  it('receives each emission for itself: values of two are not added up', async () => {
    const { endpoint, telemetry } = await anAdapter();
    await telemetry.emit({ metrics: { OpenRuns: 2 }, properties: {} });
    await telemetry.emit({ metrics: { OpenRuns: 3 }, properties: {} });
    expect(endpoint.metrics().map(({ name, value }) => [name, value])).toEqual([
      ['OpenRuns', 2],
      ['OpenRuns', 3],
    ]);
  });

  it.each([206, 400, 402, 403])('that answers %i makes the emission fail', async (status) => {
    const { endpoint, telemetry } = await anAdapter();
    endpoint.failWith(status);
    await expect(telemetry.emit({ metrics: { OpenRuns: 1 }, properties: {} })).rejects.toThrow(
      `Application Insights: it answered ${status}`,
    );
  });

  it('that does not answer makes the emission fail', async () => {
    const { endpoint, telemetry } = await anAdapter();
    await endpoint.close();
    await expect(telemetry.emit({ metrics: { OpenRuns: 1 }, properties: {} })).rejects.toThrow(
      'Application Insights: it did not answer',
    );
  });

  it('receives what failed when it is emitted again, and once only: nothing is kept', async () => {
    const directory = await temporaryDirectory();
    vi.stubEnv('TMPDIR', directory);
    const { endpoint, telemetry } = await anAdapter();
    const emission = { metrics: { OpenRuns: 1 }, properties: {} };
    endpoint.failWith(500);
    await expect(telemetry.emit(emission)).rejects.toThrow('Application Insights: it answered 500');
    endpoint.failWith(undefined);
    await telemetry.emit(emission);
    expect(endpoint.metrics().map(({ name, value }) => [name, value])).toEqual([['OpenRuns', 1]]);
    expect(await readdir(directory)).toEqual([]);
  });

  it('receives nothing else', async () => {
    const { endpoint, telemetry } = await anAdapter();
    await telemetry.emit({ metrics: { OpenRuns: 0 }, properties: {} });
    const { MetricData: _ownMetrics, ...others } = endpoint.others();
    expect(others).toEqual({});
  });
});
