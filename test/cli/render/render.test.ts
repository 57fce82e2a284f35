import { describe, expect, test } from 'vitest';
import { renderColumns } from '../../../src/cli/render/columns.ts';
import { renderCountOf, renderCounts } from '../../../src/cli/render/numbers.ts';
import { renderPlanContents } from '../../../src/cli/render/plan.ts';
import { renderProgressLine } from '../../../src/cli/render/progress-line.ts';
import { renderRunReport } from '../../../src/cli/render/run-report.ts';
import { fromPlanCommand } from '../../../src/cli/render/shell-command.ts';
import { renderInstant, renderSeconds } from '../../../src/cli/render/time.ts';
import { aGoodRun, aPlan, aRun, aRunningRun, planId, runId } from '../support/a-run.ts';
import { startTime } from '../support/call-cli.ts';

describe('a line of progress', () => {
  const nothing = { ...aRun().totals, totalDevices: 0, success: 0, error: 0, skipped: 0 };
  test.each([
    [aRunningRun(), '  running     150 of 300 devices    50 %      8.1 devices/s   18 s left'],
    [aGoodRun(), '  completed   300 of 300 devices   100 %'],
    [
      aRunningRun({ status: 'planning', totals: nothing, progress: null }),
      '  planning    0 of 0 devices     0 %        - devices/s',
    ],
    [aGoodRun({ totals: nothing }), '  completed   0 of 0 devices   100 %'],
    [
      aRunningRun({ totals: { ...nothing, totalDevices: 100_000, pending: 99_500 } }),
      '  running         500 of 100,000 devices     0 %      8.1 devices/s   18 s left',
    ],
  ])('%#', (run, line) => {
    expect(renderProgressLine(run, startTime)).toBe(line);
  });

  test('has no negative time left', () => {
    expect(renderProgressLine(aRunningRun(), startTime + 60_000)).toMatch(/ 0 s left$/);
  });
});

describe('the report of a run', () => {
  test('has its facts, its devices, the sum and what can be done next', () => {
    expect(renderRunReport(aRun({ scope: { platforms: ['iOS'] } }))).toBe(
      `  run        ${runId}
  status     completedWithErrors
  action     syncDevice
  trigger    http (functionKey)
  reason     drill
  scope      {"platforms":["iOS"]}
  created    2026-11-21 08:00:00 UTC
  duration   38 s
  batches    6 of 6
  throttled  2 calls

  total      300
  success    276  accepted
  error        4  notFound 3, failed 1
  skipped     20  unsupportedPlatform 12, unsupportedAgent 8
  cancelled    0
  unknown      0

  276 + 4 + 20 + 0 + 0 = 300: the ledger adds up

Which devices:  fleet-sync report ${runId} --csv devices.csv
Try them again: fleet-sync retry ${runId}`,
    );
  });

  test('says when the ledger does not add up', () => {
    const totals = { ...aGoodRun().totals, success: 279 };
    expect(renderRunReport(aGoodRun({ totals }))).toContain('= 299: not 300!');
  });

  test('shows why it could not do its work', () => {
    const problem = { code: 'missingPermission', title: 'No permission', detail: 'Grant it.' };
    expect(renderRunReport(aRun({ problem }))).toContain('  problem    No permission. Grant it.\n');
  });

  test('shows what there is to know although nothing went wrong', () => {
    const note = { code: 'nothing', title: 'Nothing to do', detail: 'The list is empty.' };
    const line = '  note       Nothing to do. The list is empty.\n';
    expect(renderRunReport(aRun({ note }))).toContain(line);
  });

  test.each([
    [{ endpoint: 'comanaged' }, 'syncDevice comanaged'],
    [{ choice: { quickScan: 2, fullScan: 1 } }, 'syncDevice quickScan 2, fullScan 1'],
    [{}, 'syncDevice'],
  ])('shows the action with its parameters %j', (parameters, action) => {
    expect(renderRunReport(aRun({ parameters }))).toContain(`  action     ${action}\n`);
  });

  test('shortens a long scope', () => {
    const report = renderRunReport(aRun({ scope: { deviceNames: ['x'.repeat(500)] } }));
    expect(report).toMatch(/ {2}scope {6}\{"deviceNames":\["x{83}…\n/);
  });

  test('shows who checked in, and when it will be looked at again', () => {
    const verification = [
      {
        ...{ dueAt: '2026-11-21T08:15:00Z', at: '2026-11-21T08:15:05Z' },
        ...{ checkedIn: 1200, byItself: 19, silent: 80, gone: 1 },
        ...{ medianMinutes: 3.26, p90Minutes: null },
      },
      {
        ...{ dueAt: '2026-11-21T09:00:00Z', at: null },
        problem: { code: 'listingFailed', title: 'The devices could not be listed', detail: '' },
      },
      { dueAt: '2026-11-22T08:00:00Z', at: null },
    ];
    expect(renderRunReport(aGoodRun({ verification }))).toContain(`Check-ins
  looked at                                 checked in  by itself  silent  gone   median  90 %
  2026-11-21 08:15:05 UTC                        1,200         19      80     1  3.3 min     -
  missing, was due 2026-11-21 09:00:00 UTC
  due 2026-11-22 08:00:00 UTC
  checked in 92.3 % within 14 min, median 3 min`);
  });

  test.each([
    ['2026-11-21T08:01:00Z', 0.4, 'checked in 75.0 % within 22 s, median 24 s'],
    ['2026-11-21T09:00:38Z', 4, 'checked in 75.0 % within 1 h, median 4 min'],
    ['2026-11-21T13:12:40Z', 75, 'checked in 75.0 % within 5.2 h, median 1.2 h'],
    ['2026-11-21T09:00:38Z', null, 'checked in 75.0 % within 1 h'],
  ])('says in one line how many checked in by %s', (at, medianMinutes, line) => {
    const counts = { checkedIn: 75, byItself: 5, silent: 15, gone: 5, medianMinutes };
    const verification = [{ dueAt: at, at, ...counts }];
    expect(renderRunReport(aGoodRun({ verification }))).toContain(`\n  ${line}\n`);
  });

  describe('of a run that may read apps', () => {
    const mail = {
      app: 'Contoso Mail',
      platform: 'iOS/iPadOS',
      hex: '0x87D13B6F',
      retryable: true,
      devices: 1200,
    };
    const counts = { retried: 1200, notRetried: 40, unknown: 3 };

    test('shows which failed app installs the sync retries', () => {
      const failed = [
        mail,
        {
          app: 'Contoso Notes',
          platform: 'Android',
          hex: '0x87D13B74',
          retryable: false,
          devices: 40,
        },
        { app: 'Contoso Maps', platform: 'Android', hex: null, retryable: null, devices: 3 },
      ];
      const report = renderRunReport(aGoodRun({ appInstalls: { ...counts, failed } }));
      expect(report).toContain(`App installs that had failed
  app            platform    error       this sync   devices
  Contoso Mail   iOS/iPadOS  0x87D13B6F  retries it    1,200
  Contoso Notes  Android     0x87D13B74  cannot           40
  Contoso Maps   Android     -           not known         3
  1,200 retried, 40 not before seven days, 3 unknown
  What an error means: fleet-sync explain CODE`);
    });

    test('shows ten of them', () => {
      const failed = Array.from({ length: 12 }, () => mail);
      const report = renderRunReport(aGoodRun({ appInstalls: { ...counts, failed } }));
      expect(report).toContain('\n  and 2 more (--json)\n');
    });

    test('says why there are none', () => {
      const problem = { title: 'They could not be read', detail: 'Graph asked for a long wait.' };
      const none = { retried: 0, notRetried: 0, unknown: 0, failed: [], problem };
      const report = renderRunReport(aGoodRun({ appInstalls: none }));
      expect(report).toContain(`App installs that had failed
  0 retried, 0 not before seven days, 0 unknown
  They could not be read. Graph asked for a long wait.`);
    });
  });

  test('suggests to try silent devices again', () => {
    const at = '2026-11-21T09:00:38Z';
    const verification = [{ dueAt: at, at, checkedIn: 9, silent: 1, gone: 0 }];
    expect(renderRunReport(aGoodRun({ verification }))).toContain('fleet-sync retry');
  });

  test('suggests nothing after a good run', () => {
    expect(renderRunReport(aGoodRun())).not.toContain('retry');
  });
});

test('a plan without details says what it knows', () => {
  expect(renderPlanContents(aPlan(5, { plan: null }))).toBe(
    `Nothing was sent. This is what a run would do:
  plan             ${planId}
  devices to sync  5
  skipped          20`,
  );
});

test('the command that runs a plan repeats how it was planned', () => {
  expect([
    fromPlanCommand(planId, {}),
    fromPlanCommand(planId, { priority: 'urgent', mode: 'bulk', renudge: true, reason: 'drill' }),
    fromPlanCommand(planId, { reason: "it's $(now)" }),
  ]).toEqual([
    `fleet-sync sync --from-plan ${planId}`,
    `fleet-sync sync --from-plan ${planId} --urgent --mode bulk --renudge --reason drill`,
    `fleet-sync sync --from-plan ${planId} --reason 'it'\\''s $(now)'`,
  ]);
});

test('columns are aligned, and a cell cannot break out of its line', () => {
  const rows = [
    ['a', '1', 'x'],
    ['bcd\n\u001b[1m', '100'],
  ];
  expect(renderColumns(rows, [1])).toBe('  a          1  x\n  bcd [1m  100');
});

test.each([
  [0.4, '0 s'],
  [59.6, '1 min 00 s'],
  [125, '2 min 05 s'],
  [3720, '1 h 02 min'],
])('%d seconds are %s', (seconds, text) => {
  expect(renderSeconds(seconds)).toBe(text);
});

test('an instant that is none is a dash', () => {
  expect([
    renderInstant(null),
    renderInstant('soon'),
    renderInstant('2026-11-21T08:00:00.9Z'),
  ]).toEqual(['-', '-', '2026-11-21 08:00:00 UTC']);
});

test('counts are grouped, and sorted when they have names', () => {
  expect([
    renderCountOf(1, 'device'),
    renderCountOf(1000, 'device'),
    renderCounts({ a: 1, b: 2000 }),
  ]).toEqual(['1 device', '1,000 devices', 'b 2,000, a 1']);
});
