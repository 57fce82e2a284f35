import { describe, expect, it } from 'vitest';
import {
  type BenchReport,
  benchReportSchema,
  type SuiteReport,
} from '../../bench/report/bench-report.ts';
import { formatValue } from '../../bench/report/format.ts';
import { renderIntoMarkdown } from '../../bench/report/render-markdown.ts';
import { renderBars, renderTable } from '../../bench/report/render-text.ts';

const machine = {
  processor: 'A processor',
  cores: 2,
  memoryGigabytes: 8,
  node: 'v24.0.0',
  system: 'linux x64',
  loadPerCore: 0.1,
};
const bars = [
  { name: 'share', value: 0.975, bound: 0.95, isAtMost: false, unit: '' },
  { name: 'throttled', value: 5, bound: 0, isAtMost: true, unit: 'calls' },
  { name: 'broken', value: NaN, bound: 1, isAtMost: true, unit: 's' },
];
const suite: SuiteReport = {
  name: 'throughput',
  title: 'Throughput',
  summary: 'What is measured.',
  seconds: 81.6,
  rows: [
    { who: 'one', 'per s': 9.804, writes: 12_345 },
    { who: 'eight', 'per s': 0.03667, writes: 0 },
  ],
  bars,
};
const report: BenchReport = {
  startedAt: '2026-11-21T11:05:00.000Z',
  mode: 'full',
  machine,
  suites: [suite],
};

it('a report is the same after it was written as JSON', () => {
  expect(benchReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
});

describe('a value in a table', () => {
  it.each([
    ['text', 'text'],
    [12_345, '12,345'],
    [1234.5, '1,235'],
    [9.804, '9.8'],
    [0.036671, '0.0367'],
    [NaN, '-'],
    [Infinity, '-'],
  ])('%s is written %s', (value, text) => {
    expect(formatValue(value)).toBe(text);
  });
});

describe('on a terminal', () => {
  it('a suite is a table with its numbers on the right', () => {
    expect(renderTable(suite).split('\n')).toEqual([
      '  who     per s  writes',
      '  one       9.8  12,345',
      '  eight  0.0367       0',
    ]);
  });

  it('a suite that failed says why', () => {
    expect(renderTable({ ...suite, error: 'no storage' })).toBe('  FAILED: no storage');
  });

  it('a bar says whether it holds; what could not be measured does not', () => {
    expect(renderBars(bars).split('\n')).toEqual([
      '  share             0.975  at least 0.95    holds',
      '  throttled       5 calls  at most 0 calls  MISSED',
      '  broken     not measured  at most 1 s      MISSED',
    ]);
  });
});

describe('in a document', () => {
  const block = (name: string, content: string) =>
    `<!-- bench:${name} -->\n${content}\n<!-- /bench -->`;

  it('each block gets its figures, and what is around it stays', () => {
    const document = ['# Performance', block('machine', 'old'), block('throughput', 'old'), 'End'];
    expect(renderIntoMarkdown(document.join('\n'), report).split('\n')).toEqual([
      '# Performance',
      '<!-- bench:machine -->',
      'Measured on 2026-11-21 (`full`): 2 cores (A processor), 8 GB, linux x64, Node v24.0.0, load per core before the start 0.1.',
      '<!-- /bench -->',
      '<!-- bench:throughput -->',
      'What is measured. Took 82 s.',
      '',
      '| who | per s | writes |',
      '| --- | ---: | ---: |',
      '| one | 9.8 | 12,345 |',
      '| eight | 0.0367 | 0 |',
      '<!-- /bench -->',
      'End',
    ]);
  });

  it('rendering twice changes nothing', () => {
    const document = [block('throughput', 'old'), block('bars', 'old')].join('\n');
    const once = renderIntoMarkdown(document, report);
    expect(renderIntoMarkdown(once, report)).toBe(once);
  });

  it('a suite that was not measured is said to be so', () => {
    const document = `${block('throughput', '')}\n${block('planning', 'old figures')}`;
    expect(renderIntoMarkdown(document, report)).toContain(block('planning', '*Not measured.*'));
  });

  it('a measured suite without a place is refused', () => {
    expect(() => renderIntoMarkdown('nothing', report)).toThrow(
      'The document has no place for the suite throughput; ' +
        'add <!-- bench:throughput --> and <!-- /bench -->.',
    );
  });
});
