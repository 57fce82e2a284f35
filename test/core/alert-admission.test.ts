import { describe, expect, it } from 'vitest';
import { judgeAlert } from '../../src/core/alert-admission.ts';
import { aRun, startOfTest as at } from '../support/factories.ts';

const HOUR_MS = 3_600_000;
const cooldownMs = 2 * HOUR_MS;

describe('an alert of a rule whose last run', () => {
  it('is open joins it, however long ago that started', () => {
    const run = aRun({ status: 'running' });
    const now = at + 20 * HOUR_MS;
    expect(judgeAlert({ at, run }, { cooldownMs, now })).toEqual({ kind: 'join', run });
  });

  it.each(['completed', 'completedWithErrors', 'cancelled', 'timedOut'] as const)(
    'is %s waits for the cool-down after its start',
    (status) => {
      const run = aRun({ status });
      const until = at + cooldownMs;
      expect(judgeAlert({ at, run }, { cooldownMs, now: until - 1 })).toEqual({
        kind: 'coolingDown',
        run,
        until,
      });
      expect(judgeAlert({ at, run }, { cooldownMs, now: until })).toEqual({ kind: 'start' });
    },
  );

  it.each(['cancelled', 'failed', 'timedOut'] as const)(
    'was told to stop, and will be %s, does not join it: it sends nothing more',
    (status) => {
      const run = aRun({ status: 'running', plannedAt: at, stop: { status, at } });
      const until = at + cooldownMs;
      expect(judgeAlert({ at, run }, { cooldownMs, now: until - 1 })).toEqual({
        kind: 'coolingDown',
        run,
        until,
      });
      expect(judgeAlert({ at, run }, { cooldownMs, now: until })).toEqual({ kind: 'start' });
    },
  );

  it('failed after it had a plan waits for the cool-down too', () => {
    const run = aRun({ status: 'failed', plannedAt: at });
    const now = at + HOUR_MS;
    expect(judgeAlert({ at, run }, { cooldownMs, now }).kind).toBe('coolingDown');
  });

  it.each([
    [60_000, cooldownMs],
    [30_000, 30_000],
    [0, 0],
  ])('failed before it had one waits for %i ms', (pauseMs, cooldownMs) => {
    const run = aRun({ status: 'failed' });
    const judge = (now: number) => judgeAlert({ at, run }, { cooldownMs, now }).kind;
    expect(judge(at + pauseMs)).toBe('start');
    if (pauseMs > 0) expect(judge(at + pauseMs - 1)).toBe('coolingDown');
  });

  it('has no row finishes its start, unless that was long ago', () => {
    const judge = (now: number) => judgeAlert({ at, run: undefined }, { cooldownMs, now });
    expect(judge(at + HOUR_MS - 1)).toEqual({ kind: 'finish' });
    expect(judge(at + HOUR_MS)).toEqual({ kind: 'start' });
  });
});
