import { afterEach, expect, it, vi } from 'vitest';
import { logTelemetry } from '../../../src/adapters/telemetry/log-telemetry.ts';

afterEach(() => vi.restoreAllMocks());

it.each([
  [{ metrics: { OpenRuns: 1 }, properties: {} }, '{"metrics":{"OpenRuns":1},"properties":{}}\n'],
  [
    {
      metrics: { TotalDevices: 5 },
      properties: { status: 'completed' },
      event: { name: 'RunCompleted', properties: { runId: 'r' } },
    },
    '{"metrics":{"TotalDevices":5},"properties":{"status":"completed"},"event":"RunCompleted"}\n',
  ],
])(
  'metrics without Application Insights are a line on standard output: %#',
  async (given, line) => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    await logTelemetry.emit(given);
    expect(write.mock.calls).toEqual([[line]]);
  },
);
