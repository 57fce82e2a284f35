import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readIgnoreRules } from '../../../dev/deployment/ignore-rules.ts';

/** Which of the paths are ignored; one that ends in `/` is a folder. */
function ignoredOf(rules: readonly string[], paths: readonly string[]): string[] {
  const isIgnored = readIgnoreRules(rules.join('\n'));
  return paths.filter((path) => isIgnored(path.replace(/\/$/, ''), path.endsWith('/')));
}

describe('ignore rules', () => {
  it.each([
    [['# a comment', '', '  '], []],
    [['a.txt'], ['a.txt', 'sub/a.txt']],
    [['/a.txt'], ['a.txt']],
    [['sub/a.txt'], ['sub/a.txt']],
    [['*.txt'], ['a.txt', 'sub/a.txt', 'sub/.b.txt']],
    [['sub/'], ['sub/']],
    [['sub'], ['sub/', 'other/sub']],
    [['sub/**'], ['sub/a.txt', 'sub/.b.txt', 'sub/deep/a+b']],
    [['**/a+b'], ['sub/deep/a+b']],
    [['?.txt'], ['a.txt', 'sub/a.txt']],
    [
      ['*', '!a.txt'],
      ['sub/', 'other/sub', 'sub/.b.txt', 'sub/deep/a+b'],
    ],
    [
      ['*', '!sub/', '!sub/**', 'sub/a.txt'],
      ['a.txt', 'other/sub', 'sub/a.txt'],
    ],
    [
      ['!a.txt', 'a.txt'],
      ['a.txt', 'sub/a.txt'],
    ],
  ])('%j ignore %j', (rules, ignored) => {
    const paths = ['a.txt', 'sub/', 'other/sub', 'sub/a.txt', 'sub/.b.txt', 'sub/deep/a+b'];
    expect(ignoredOf(rules, paths)).toEqual(ignored);
  });

  it('take the line ends of Windows', () => {
    expect(readIgnoreRules('a.txt\r\nb.txt\r\n')('a.txt', false)).toBe(true);
  });

  it('of the project leave out whatever is not deployed', async () => {
    const rules = await readFile(new URL('../../../.funcignore', import.meta.url), 'utf8');
    const paths = ['src/', 'node_modules/', '.git/', 'local.settings.json', 'dist/cli.cjs', '.env'];
    expect(ignoredOf(rules.split('\n'), [...paths, 'dist/', 'dist/index.cjs'])).toEqual(paths);
  });
});
