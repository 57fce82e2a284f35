import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const page = readFileSync(resolve(root, 'docs/security.md'), 'utf8');

/** The rows of the tables under the heading, without their heads, as cells. */
const threats = (page.split('## Threats and controls')[1]?.split('\n## ')[0] ?? '')
  .split('\n')
  .filter((line) => line.startsWith('|') && !/^\|(---|\s*threat\s*\|)/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));

describe('the threat model', () => {
  it('has threats', () => {
    expect(threats.length).toBeGreaterThan(20);
  });

  it.each(threats)(
    '%s%s is met by a control that a test shows',
    (_, _threat, control, tests = '') => {
      expect(control).not.toBe('');
      const files = Array.from(tests.matchAll(/`([^`]+)`/g), ([, file]) => file ?? '');
      expect(files).not.toEqual([]);
      expect(files.filter((file) => !existsSync(resolve(root, file)))).toEqual([]);
    },
  );

  it('names test files only, wherever it names one', () => {
    const named = Array.from(page.matchAll(/\btest\/[\w./-]+/g), ([file]) => file);
    expect(named.filter((file) => !file.endsWith('.test.ts'))).toEqual([]);
  });
});
