import { describe, expect, test } from 'vitest';
import { summariseMetrics, untilRunMetrics } from '../../../dev/demo/received-metrics.ts';
import type { ReceivedMetric } from '../../../dev/ingestion-endpoint/index.ts';
import { itsMetrics } from './a-run.ts';

function metric(name: string, value: number, count = 1): ReceivedMetric {
  const time = '2026-11-21T08:00:00.000Z';
  return { name, value, count, min: value, max: value, properties: {}, time };
}

const allMetrics = Object.entries(itsMetrics).map(([name, value]) => metric(name, value));
const { signal } = new AbortController();

describe('summariseMetrics', () => {
  test("adds up a run's metrics, so that one emitted twice is seen", () => {
    const twice = [metric('TotalDevices', 300), metric('TotalDevices', 300)];
    expect(summariseMetrics(twice)).toEqual({ TotalDevices: 600 });
  });

  test('takes the latest mean of a reading', () => {
    const readings = [metric('DevicesPerSecond', 9), metric('DevicesPerSecond', 16, 2)];
    expect(summariseMetrics(readings)).toEqual({ DevicesPerSecond: 8 });
  });
});

describe('untilRunMetrics', () => {
  test('waits until every metric of a run came in', async () => {
    let looks = 0;
    const received = () => (++looks < 3 ? allMetrics.slice(1) : allMetrics);
    const options = { timeoutMs: 30_000, intervalMs: 1, signal };
    expect(await untilRunMetrics(received, options)).toEqual(itsMetrics);
    expect(looks).toBe(3);
  });

  test('gives back what there is when the time is over', async () => {
    const options = { timeoutMs: 0, intervalMs: 1, signal };
    expect(await untilRunMetrics(() => [metric('ErrorCount', 4)], options)).toEqual({
      ErrorCount: 4,
    });
  });

  test('ends when it is aborted', async () => {
    const options = { timeoutMs: 30_000, intervalMs: 30_000, signal: AbortSignal.abort() };
    await expect(untilRunMetrics(() => [], options)).rejects.toThrow('aborted');
  });
});
