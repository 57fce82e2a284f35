import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startEnvironment } from '../../dev/environment/index.ts';
import { buildBareApp } from '../cold-start/build-bare-app.ts';
import { measureStart, type Start } from '../cold-start/measure-start.ts';
import type { Suite, SuiteContext, SuiteResult } from '../suite.ts';
import { median } from '../support/median.ts';
import { syncableFleet } from '../support/fleet.ts';

const appDirectory = resolve(import.meta.dirname, '../..');

/** What the app does at the first request that reads something, and what a bare app does at all. */
const paths = { app: '/api/runs?limit=1', bare: '/api/hello' };

/** How long a new instance takes before it works, beside an app that does nothing. */
export const coldStart: Suite = {
  name: 'cold-start',
  title: 'Cold start',
  summary:
    'From the start of a process under the local Functions host; medians of starts in turn. The bare ' +
    "app has one function that says hello; the app's first answer is a list of runs, for which it " +
    'gets a token and reads a table.',
  mode: 'quick',
  run: async (context) => {
    const directory = await mkdtemp(join(tmpdir(), 'bare-app-'));
    try {
      await buildBareApp(directory);
      return await measure(context, directory);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  },
};

async function measure(context: SuiteContext, bareDirectory: string): Promise<SuiteResult> {
  const { signal } = context;
  const environment = await startEnvironment({ graph: { fleet: syncableFleet(10) }, signal });
  const { settings } = environment;
  const starts: Record<keyof typeof paths, Start[]> = { app: [], bare: [] };
  const start = async (kind: keyof typeof paths, directory: string) => {
    signal.throwIfAborted();
    const options = { appDirectory: directory, environment: settings };
    starts[kind].push(await measureStart(options, paths[kind]));
  };
  try {
    for (let round = 0; round < (context.isQuick ? 3 : 9); round++) {
      await start('bare', bareDirectory);
      await start('app', appDirectory);
    }
  } finally {
    await environment.close();
  }
  const [app, bare] = [summarise(starts.app), summarise(starts.bare)];
  return {
    rows: [
      { start: 'fleet-sync', ...app },
      { start: 'a bare app', ...bare },
      {
        start: 'ratio',
        'registered after ms': app['registered after ms'] / bare['registered after ms'],
        'answered after ms': app['answered after ms'] / bare['answered after ms'],
        MB: app.MB / bare.MB,
      },
    ],
    bars: [],
  };
}

function summarise(starts: readonly Start[]) {
  return {
    'registered after ms': median(starts.map(({ registeredMs }) => registeredMs)),
    'answered after ms': median(starts.map(({ answeredMs }) => answeredMs)),
    MB: median(starts.map(({ megabytes }) => megabytes)),
  };
}
