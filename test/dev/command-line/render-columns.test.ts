import { expect, test } from 'vitest';
import { renderColumns } from '../../../dev/command-line/render-columns.ts';

test('cells of a column begin on one line, numbers end on one', () => {
  const rows = [
    ['total', '300', 'all'],
    ['error', '7', ''],
  ];
  expect(renderColumns(rows, [1])).toBe('  total  300  all\n  error    7');
});

test('a row may be shorter than the others', () => {
  expect(renderColumns([['a'], ['b', 'c']])).toBe('  a\n  b  c');
});

test('no rows are an empty text', () => {
  expect(renderColumns([])).toBe('');
});
