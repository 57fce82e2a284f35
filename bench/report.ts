import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileOption } from '../dev/command-line/option.ts';
import { runCommand } from '../dev/command-line/run-command.ts';
import { UsageError } from '../dev/command-line/usage-error.ts';
import { benchReportSchema } from './report/bench-report.ts';
import { renderIntoMarkdown } from './report/render-markdown.ts';

const docs = resolve(import.meta.dirname, '../docs');

await runCommand({
  call: 'npm run bench:report --',
  summary: 'Puts the figures of a benchmark into docs/performance.md.',
  options: {
    json: {
      ...fileOption('what `npm run bench -- --json FILE` wrote'),
      fallback: resolve(docs, 'performance.json'),
    },
  },
  run: async ({ json = '' }) => {
    const document = resolve(docs, 'performance.md');
    const report = benchReportSchema.parse(await readJson(json));
    await writeFile(document, renderIntoMarkdown(await readFile(document, 'utf8'), report));
    return 0;
  },
});

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`--json ${file} cannot be read; npm run bench -- --json writes it.`, {
      cause,
    });
  });
  return JSON.parse(text) as unknown;
}
