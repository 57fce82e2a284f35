import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { benchReportSchema } from '../../bench/report/bench-report.ts';
import { renderIntoMarkdown } from '../../bench/report/render-markdown.ts';
import { suites } from '../../bench/suites.ts';

const docs = resolve(import.meta.dirname, '../../docs');
const page = readFileSync(resolve(docs, 'performance.md'), 'utf8');
const figures = resolve(docs, 'performance.json');

it.each(suites.map(({ name }) => name))('docs/performance.md has a place for %s', (name) => {
  expect(page).toContain(`<!-- bench:${name} -->`);
});

it.skipIf(!existsSync(figures))('its figures are those of docs/performance.json', () => {
  const report = benchReportSchema.parse(JSON.parse(readFileSync(figures, 'utf8')));
  expect(renderIntoMarkdown(page, report)).toBe(page);
});
