import { existsSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createProgram } from '../../src/cli/program.ts';
import { readPages, readText } from './support/pages.ts';

const root = resolve(import.meta.dirname, '../..');
const pages = readPages();
const list = [...pages].map(([path, text]) => ({ path, text }));

/** Links to files of the project, resolved, with the heading that they name. */
function linksOf(path: string, text: string): { file: string; heading: string }[] {
  const targets = [...text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link = '']) => link);
  return targets.map((target) => {
    const [file = '', heading = ''] = target.split('#');
    return { file: file === '' ? path : posix.join(posix.dirname(path), file), heading };
  });
}

/** The names by which GitHub links to the headings of a page. */
function headingsOf(text: string): string[] {
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('the handbook', () => {
  it('leads to every page of the documentation', () => {
    const reached = new Set<string>(['README.md']);
    for (const path of reached) {
      const files = linksOf(path, pages.get(path) ?? '').map(({ file }) => file);
      // A link to a folder leads to what is in it.
      const isLinked = (page: string) =>
        files.some((file) => page === file || page.startsWith(`${file}/`));
      for (const page of pages.keys()) if (isLinked(page)) reached.add(page);
    }
    const isOfRepository = (path: string) => !path.includes('/') && path !== 'README.md';
    expect([...pages.keys()].filter((path) => !reached.has(path) && !isOfRepository(path))).toEqual(
      [],
    );
  });

  it.each(list)('has no broken link in $path', ({ path, text }) => {
    const broken = linksOf(path, text).filter(({ file, heading }) => {
      if (!existsSync(resolve(root, file))) return true;
      return heading !== '' && !headingsOf(pages.get(file) ?? '').includes(heading);
    });
    expect(broken).toEqual([]);
  });

  it.each(list)('names scripts in $path that there are', ({ text }) => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readText('package.json')));
    const named = [...text.matchAll(/\bnpm run ([\w:]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it.each(list)('names commands and options of fleet-sync in $path that there are', ({ text }) => {
    const lines = [...text.matchAll(/npx fleet-sync ([^`#\n|]*)/g)].map(([, line = '']) => line);
    expect(lines.flatMap(problemsOf)).toEqual([]);
  });
});

const output = new PassThrough();
const program = createProgram(
  { stdout: output, stderr: output },
  () => () => () => Promise.resolve(),
);

/** What is wrong with a command line: a command or an option that does not exist. */
function problemsOf(line: string): string[] {
  const words = line.split(/\s{2,}/)[0]?.split(' ') ?? [];
  const options = words.filter((word) => word.startsWith('--'));
  const [command, ...below] = commandsOf(words.filter((word) => /^[a-z]/.test(word)));
  const known = [program, command, ...below].flatMap((one) => one?.options ?? []);
  const names = [...known.map(({ long }) => long), '--help'];
  return [
    ...(command === undefined && !options.includes('--help') ? [`no command: ${line}`] : []),
    ...options.filter((name) => !names.includes(name)).map((name) => `no option ${name}: ${line}`),
  ];
}

/** The command that words name, and the one below it that they name next. */
function commandsOf(words: readonly string[]): Command[] {
  const found: Command[] = [];
  for (const word of words) {
    const next = (found.at(-1) ?? program).commands.find((command) => command.name() === word);
    if (next !== undefined) found.push(next);
  }
  return found;
}
