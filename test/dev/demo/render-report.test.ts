import { expect, test } from 'vitest';
import { renderHeader } from '../../../dev/demo/render-header.ts';
import { renderReport } from '../../../dev/demo/render-report.ts';
import { aRun, itsMetrics } from './a-run.ts';

const graph = {
  listRequests: 1,
  writes: 286,
  throttled: 2,
  devicesSynced: 276,
  duplicateSyncs: 0,
  maxWritesPer20s: 160,
};

test('the report of a run', () => {
  const report = renderReport({ run: aRun(), metrics: itsMetrics, graph, elapsedSeconds: 50 });
  expect(report.split('\n')).toEqual([
    'The run',
    '',
    '  id         8204751514186-8478ac1b',
    '  status     completedWithErrors',
    '  mode       perDevice',
    '  duration   37.5 s',
    '  batches    6 of 6',
    '  throttled  2 calls',
    '',
    'Its devices',
    '',
    '  total      300',
    '  success    276  accepted by Graph',
    '  error        4  notFound 3, failed 1',
    '  skipped     20  unsupportedPlatform 12, unsupportedAgent 8',
    '  cancelled    0',
    '  unknown      0',
    '',
    '  276 + 4 + 20 + 0 + 0 = 300: the ledger adds up',
    '',
    'Its metrics, as Application Insights received them',
    '',
    '  metric            received    run',
    '  TotalDevices           300    300  equal',
    '  SuccessCount           276    276  equal',
    '  ErrorCount               4      4  equal',
    '  Duration             37.50  37.50  equal',
    '  SkippedCount            20     20  equal',
    '  UnknownCount             0      0  equal',
    '  BatchesProcessed         6      6  equal',
    '  ThrottledCount           2      2  equal',
    '  ErrorRatePercent      1.33   1.33  equal',
    '',
    'What Microsoft Graph saw',
    '',
    '  list requests      1',
    '  writes           286  at most 160 in 20 s; Graph allows 200',
    '  throttled          2',
    '  devices synced   276',
    '  duplicate syncs    0',
  ]);
});

test('the report does not hide what is wrong', () => {
  const totals = { ...aRun().totals, success: 200 };
  const problem = {
    code: 'missingPermission',
    title: 'A permission is missing',
    detail: 'Grant X.',
  };
  const run = aRun({ status: 'failed', totals, problem });

  const lines = renderReport({ run, metrics: { TotalDevices: 600 }, graph, elapsedSeconds: 1 });

  expect(lines.split('\n')).toEqual(
    expect.arrayContaining([
      '  status     failed',
      '  problem    A permission is missing: Grant X.',
      '  200 + 4 + 20 + 0 + 0 = 224: not 300!',
      '  TotalDevices           600    300  different!',
      '  SuccessCount             -    200  not received',
    ]),
  );
});

test('the header says what is about to happen', () => {
  const facts = { devices: 1, instances: 2, mode: 'bulk', latencyMs: 0, faults: 'severe' } as const;
  expect(renderHeader(facts)).toBe(
    'fleet-sync demo: 1 device, 2 instances of the app\n' +
      'one command for up to 98 devices, Graph answers in 0 ms, severe faults; all of it on this machine',
  );
});
