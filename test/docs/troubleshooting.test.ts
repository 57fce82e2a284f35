import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deviceOutcomes } from '../../src/core/device-report.ts';
import { codeOf, readText, rowsOf } from './support/pages.ts';

const rows = rowsOf(readText('docs/troubleshooting.md'));
const firstCells = rows.flatMap(([cell]) => codeOf(cell) ?? []);
const root = resolve(import.meta.dirname, '../..');

/** An answer that the code gives, by its status and the words of its detail that never change. */
interface Refusal {
  readonly file: string;
  readonly status: string;
  readonly words: string[];
}

const files = globSync('src/functions/http/*.ts', { cwd: root });
const refusals = files.flatMap((file) =>
  [...readText(file).matchAll(/new HttpProblem\(\s*(\d{3}),\s*(['`])(.*?)\2/gs)].map(
    ([, status = '', , detail = '']): Refusal => ({
      file,
      status,
      words: detail.split(/\$\{[^}]*\}/).map((part) => part.trim()),
    }),
  ),
);

describe('the page for when things go wrong', () => {
  it('has every problem of a run, and no other', () => {
    const source = readText('src/core/problems.ts');
    const codes = [...source.matchAll(/code: '(\w+)'/g)].map(([, code]) => code);
    expect(codes.length).toBeGreaterThan(5);
    const described = rows.slice(
      rows.findIndex(([cell]) => cell === '`problem.code`') + 2,
      rows.findIndex(([cell]) => cell === 'outcome'),
    );
    expect(described.map(([cell]) => codeOf(cell))).toEqual(expect.arrayContaining(codes));
    expect(described).toHaveLength(codes.length);
  });

  it('gives each row a cause and a remedy', () => {
    const empty = rows.filter((cells) => cells.slice(1).some((cell) => cell === ''));
    expect(empty).toEqual([]);
  });

  it('reads the answers out of the code', () => {
    const calls = files.flatMap((file) => readText(file).match(/new HttpProblem\(/g) ?? []);
    expect(calls.length).toBeGreaterThan(10);
    expect(refusals).toHaveLength(calls.length);
  });

  it.each(refusals)('has the answer $status of $file: $words', ({ status, words }) => {
    const described = rows.filter(([cell]) => cell === status).map(([, detail = '']) => detail);
    const isThere = described.some((detail) =>
      words.filter((part) => part.length > 2).every((part) => detail.includes(part)),
    );
    expect(isThere).toBe(true);
  });

  it('has every outcome of a device that a run ends with', () => {
    const wanted = deviceOutcomes.filter((outcome) => outcome !== 'planned');
    expect(firstCells).toEqual(expect.arrayContaining(wanted));
  });

  it('has every dependency that health reports', () => {
    const source = readText('src/adapters/health-checks.ts');
    const names = [...source.matchAll(/^ {4}async (\w+)\(/gm)].map(([, name = '']) => name);
    expect(names.length).toBeGreaterThan(2);
    const described = rows.map(([cell = '']) => cell).join(' ');
    for (const name of names) expect(described).toContain(`\`${name}\``);
  });
});
