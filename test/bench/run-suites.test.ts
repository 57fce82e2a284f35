import { describe, expect, it } from 'vitest';
import { chooseSuites } from '../../bench/choose-suites.ts';
import type { SuiteReport } from '../../bench/report/bench-report.ts';
import { runSuites } from '../../bench/run-suites.ts';
import type { Mode, Suite, SuiteContext } from '../../bench/suite.ts';
import { UsageError } from '../../dev/command-line/usage-error.ts';

const bar = { name: 'a bar', value: 1, bound: 2, isAtMost: true, unit: '' };

function aSuite(name: string, mode: Mode, run?: Suite['run']): Suite {
  const result = { rows: [{ name }], bars: [bar] };
  return { name, title: name, summary: '', mode, run: run ?? (() => Promise.resolve(result)) };
}

function aContext(signal: AbortSignal = new AbortController().signal): SuiteContext {
  return { isQuick: false, isLong: false, signal, log: () => undefined, onStep: () => undefined };
}

const silent = { onStart: () => undefined, onEnd: () => Promise.resolve() };

describe('the suites that run', () => {
  const suites = [aSuite('a', 'quick'), aSuite('b', 'full'), aSuite('c', 'long')];
  const named = (mode: Mode, names: string[] = []) =>
    chooseSuites(suites, mode, names).map(({ name }) => name);

  it('are more in each mode', () => {
    expect([named('quick'), named('full'), named('long')]).toEqual([
      ['a'],
      ['a', 'b'],
      ['a', 'b', 'c'],
    ]);
  });

  it('are those that were named, in whatever mode', () => {
    expect(named('quick', ['c', 'a'])).toEqual(['a', 'c']);
  });

  it('cannot be named otherwise', () => {
    expect(() => named('full', ['d'])).toThrow(
      new UsageError('--only has to be some of a, b, c, not "d".'),
    );
  });
});

describe('a benchmark', () => {
  it('goes on after a suite that failed, and reports it', async () => {
    const failing = aSuite('a', 'quick', () => Promise.reject(new Error('no storage')));
    const reports: SuiteReport[] = [];
    const onEnd = (report: SuiteReport) => {
      reports.push(report);
      return Promise.resolve();
    };
    await runSuites([failing, aSuite('b', 'quick')], aContext(), { ...silent, onEnd });
    expect(reports.map(({ seconds: _seconds, ...report }) => report)).toEqual([
      { name: 'a', title: 'a', summary: '', rows: [], bars: [], error: 'no storage' },
      { name: 'b', title: 'b', summary: '', rows: [{ name: 'b' }], bars: [bar] },
    ]);
  });

  it('ends when it is interrupted', async () => {
    const controller = new AbortController();
    const interrupted = aSuite('a', 'quick', () => {
      controller.abort(new Error('Ctrl+C'));
      return Promise.reject(new Error('stopped'));
    });
    const context = aContext(controller.signal);
    await expect(runSuites([interrupted], context, silent)).rejects.toThrow('Ctrl+C');
  });
});
