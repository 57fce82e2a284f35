import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeviceReport, ReportedOutcome } from '../../src/core/device-report.ts';
import { type SilenceTally, silenceTally } from '../../src/core/silence.ts';
import { aDeviceId } from '../support/factories.ts';

const report = (number: number, outcome: ReportedOutcome): DeviceReport => ({
  deviceId: aDeviceId(number),
  deviceName: `WS-${number}`,
  platform: 'windows',
  outcome,
  attempts: 1,
});

type Outcomes = readonly (ReportedOutcome | undefined)[];

/** A run: whether its silence counts, and what became of each device, by its number. */
interface RunOf {
  readonly counts: boolean;
  readonly outcomes: Outcomes;
}

const isAnswer = (outcome: ReportedOutcome | undefined) =>
  outcome === 'checkedIn' || outcome === 'gone';

const nameOf = (run: number) => `run-${run}`;

/** Gives a run's silent devices to a tally. */
function addRun(tally: SilenceTally, run: number, { counts, outcomes }: RunOf): void {
  tally.addRun(nameOf(run));
  for (const [number, outcome] of outcomes.entries()) {
    if (outcome === 'silent') tally.addSilent(nameOf(run), report(number, outcome), counts);
  }
}

/** Answers every question of a tally, and tells what was asked. */
function answerAll(tally: SilenceTally, runs: readonly RunOf[]) {
  const asked: { runId: string; numbers: readonly number[] }[] = [];
  for (const question of tally.questions()) {
    const { runId, deviceIds } = question;
    const { outcomes = [] } = runs.find((_, run) => nameOf(run) === runId) ?? {};
    const numbers = deviceIds.map((id) => outcomes.findIndex((_, one) => aDeviceId(one) === id));
    asked.push({ runId, numbers });
    const answered = numbers.filter((number) => isAnswer(outcomes[number]));
    tally.answer(question, new Set(answered.map(aDeviceId)));
  }
  return asked;
}

/** A tally of runs, newest first, whose questions were answered. */
function tallyOf(runs: readonly RunOf[], count: number): SilenceTally {
  const tally = silenceTally(count);
  for (const [run, one] of runs.entries()) addRun(tally, run, one);
  answerAll(tally, runs);
  return tally;
}

/** Runs that count, from the outcomes of one device in them, newest first. */
const runsOf = (outcomes: Outcomes, counts = true): readonly RunOf[] =>
  outcomes.map((outcome) => ({ counts, outcomes: [outcome] }));

const isSilent = (runs: readonly RunOf[], count: number) =>
  tallyOf(runs, count).silent().length === 1;

describe('a device', () => {
  it.each<[Outcomes, number, boolean]>([
    [['silent', 'silent', 'silent'], 3, true],
    [['silent', 'silent'], 3, false],
    [['silent'], 1, true],
    [['silent', 'silent', 'checkedIn'], 2, true],
    [['checkedIn', 'silent', 'silent'], 2, false],
    [['silent', 'checkedIn', 'silent'], 2, false],
    [['silent', undefined, 'silent'], 2, true],
    [['gone', 'silent', 'silent'], 2, false],
    [['silent', 'accepted', 'silent'], 2, true],
  ])('with the outcomes %j, newest first, is silent in the last %d: %s', (outcomes, runs, is) => {
    expect(isSilent(runsOf(outcomes), runs)).toBe(is);
  });

  it('is not silent by a run whose silence does not count', () => {
    expect(isSilent(runsOf(['silent', 'silent'], false), 2)).toBe(false);
  });

  it('that checked in by a run whose silence does not count is not silent', () => {
    const [retry = { counts: false, outcomes: [] }] = runsOf(['checkedIn'], false);
    expect(isSilent([retry, ...runsOf(['silent'])], 1)).toBe(false);
  });
});

describe('the tally', () => {
  it('is open while an older run can decide about a device', () => {
    expect(tallyOf([], 2).isOpen()).toBe(false);
    expect(tallyOf(runsOf(['silent']), 2).isOpen()).toBe(true);
    expect(tallyOf(runsOf(['silent', 'checkedIn']), 2).isOpen()).toBe(false);
    expect(tallyOf(runsOf(['silent', 'silent']), 2).isOpen()).toBe(false);
  });

  it('has the devices by their ids, as the newest run knew them', () => {
    const tally = silenceTally(2);
    const previousCheckInAt = '2026-01-01T00:00:00.000Z';
    const known = { ...report(2, 'silent'), ownership: 'personal', previousCheckInAt };
    tally.addRun('run-1');
    for (const newest of [known, report(1, 'silent')]) tally.addSilent('run-1', newest, true);
    tally.addRun('run-2');
    for (const number of [1, 2]) tally.addSilent('run-2', report(number, 'silent'), true);
    const device = { platform: 'windows', runId: 'run-1' };
    expect(tally.silent()).toEqual([
      { ...device, deviceId: aDeviceId(1), deviceName: 'WS-1' },
      {
        ...device,
        deviceId: aDeviceId(2),
        deviceName: 'WS-2',
        ownership: 'personal',
        lastCheckInAt: previousCheckInAt,
      },
    ]);
  });

  it('finds what a look at every outcome finds, whatever became of whom', () => {
    const outcome = fc.constantFrom<(ReportedOutcome | undefined)[]>(
      ...(['silent', 'silent', 'checkedIn', 'gone', 'failed', undefined] as const),
    );
    const outcomes = fc.array(outcome, { minLength: 6, maxLength: 6 });
    const run = fc.record({ counts: fc.boolean(), outcomes });
    const runs = fc.array(run, { maxLength: 7 });
    fc.assert(
      fc.property(runs, fc.integer({ min: 1, max: 3 }), (each, count) => {
        const tally = silenceTally(count);
        for (const [place, one] of each.entries()) {
          addRun(tally, place, one);
          answerAll(tally, each.slice(0, place + 1));
          const expected = byEveryOutcome(each.slice(0, place + 1), count);
          const silent = tally.silent().map(({ deviceId, runId }) => ({ deviceId, runId }));
          expect({ silent, isOpen: tally.isOpen() }).toEqual(expected);
        }
      }),
    );
  });
});

/** The same by going through the outcomes of each device, newest first. */
function byEveryOutcome(runs: readonly RunOf[], count: number) {
  const silent: { deviceId: string; runId: string }[] = [];
  let isOpen = false;
  for (let number = 0; number < 6; number++) {
    const told = runs.findIndex(({ outcomes }) => isAnswer(outcomes[number]));
    const silentIn = runs.flatMap(({ counts, outcomes }, run) =>
      counts && outcomes[number] === 'silent' ? [run] : [],
    );
    const before = silentIn.filter((run) => told === -1 || run < told);
    const [newest] = before;
    if (newest === undefined) continue;
    if (before.length >= count) {
      silent.push({ deviceId: aDeviceId(number), runId: nameOf(newest) });
    } else if (told === -1) isOpen = true;
  }
  return { silent, isOpen };
}

describe('the questions', () => {
  /** What is asked about the outcomes of devices in runs that count, newest first. */
  function askedOf(outcomes: readonly Outcomes[], count: number) {
    const runs = outcomes.map((one) => ({ counts: true, outcomes: one }));
    const tally = silenceTally(count);
    for (const [run, one] of runs.entries()) addRun(tally, run, one);
    return answerAll(tally, runs);
  }

  it('are none where all who were silent were silent every time', () => {
    expect(askedOf([['silent'], ['silent'], ['silent']], 3)).toEqual([]);
  });

  it('are about the runs in which a device was not silent, newest first', () => {
    const outcomes: Outcomes[] = [['failed'], ['silent'], [undefined], ['silent']];
    expect(askedOf(outcomes, 3)).toEqual([
      { runId: 'run-0', numbers: [0] },
      { runId: 'run-2', numbers: [0] },
    ]);
  });

  it('are not about older runs than those in which a device was silent often enough', () => {
    expect(askedOf([['silent'], ['silent'], ['checkedIn']], 2)).toEqual([]);
  });

  it('end for a device with the first answer', () => {
    const outcomes: Outcomes[] = [
      ['checkedIn', 'failed'],
      [undefined, undefined],
      ['silent', 'silent'],
    ];
    expect(askedOf(outcomes, 3)).toEqual([
      { runId: 'run-0', numbers: [0, 1] },
      { runId: 'run-1', numbers: [1] },
    ]);
  });

  it('are not asked again', () => {
    const runs = runsOf(['failed', 'silent']);
    const tally = silenceTally(2);
    for (const [run, one] of runs.entries()) addRun(tally, run, one);
    expect(answerAll(tally, runs)).toEqual([{ runId: 'run-0', numbers: [0] }]);
    expect(answerAll(tally, runs)).toEqual([]);
  });
});
