import { describe, expect, test } from 'vitest';
import {
  createLines,
  renderLine,
  renderRate,
  renderSeconds,
  renderTimeLeft,
} from '../../../dev/demo/progress.ts';
import { aRun, aRunningRun } from './a-run.ts';

const now = Date.parse('2026-11-21T08:00:00.000Z');

describe('a line of progress', () => {
  test('says how far a run is, how fast, and how long it will take', () => {
    expect(renderLine(aRunningRun(), now)).toBe(
      '  running     150 of 300 devices    50 %     8.1 devices/s   18 s left',
    );
  });

  test('of a run that ended says how fast it was on the whole', () => {
    expect(renderLine(aRun({ status: 'completed' }), now)).toBe(
      '  completed   300 of 300 devices   100 %     7.5 devices/s',
    );
  });

  test('of a run that is planning knows nothing yet', () => {
    const totals = { ...aRun().totals, totalDevices: 0, success: 0, error: 0, skipped: 0 };
    expect(renderLine(aRun({ status: 'planning', totals, progress: null }), now)).toBe(
      '  planning',
    );
  });

  test('of an empty fleet ends at 100 %', () => {
    const totals = { ...aRun().totals, totalDevices: 0, success: 0, error: 0, skipped: 0 };
    expect(renderLine(aRun({ status: 'completed', totals }), now)).toBe(
      '  completed   0 of 0 devices   100 %       - devices/s',
    );
  });
});

test('lines come at once, then every 5 s, and at the end', () => {
  const lines: string[] = [];
  let time = now;
  const progress = createLines(
    (line) => lines.push(line.trim().split(' ')[0] ?? ''),
    () => time,
  );
  const at = (seconds: number, status: string) => {
    time = now + seconds * 1000;
    progress.update(aRun({ status }));
  };

  at(0, 'planning');
  at(1, 'running');
  at(4.9, 'running');
  at(5, 'running');
  at(6, 'running');
  at(7, 'completed');

  expect(lines).toEqual(['planning', 'running', 'completed']);
});

test.each([
  [0, '0 s'],
  [59, '59 s'],
  [60, '1 min 00 s'],
  [125, '2 min 05 s'],
  [3599, '59 min 59 s'],
  [3720, '1 h 02 min'],
])('%i seconds are %s', (seconds, text) => {
  expect(renderSeconds(seconds)).toBe(text);
});

test('an estimate that has passed is no negative time', () => {
  expect(renderTimeLeft(aRunningRun(), now + 60_000)).toBe('0 s left');
});

test('no rate is shown as such', () => {
  expect(renderRate({ ...aRunningRun(), progress: { devicesPerSecond: null } })).toBe('-');
});
