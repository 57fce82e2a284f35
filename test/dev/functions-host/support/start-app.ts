import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startFunctionsHost } from '../../../../dev/functions-host/index.ts';
import type { FunctionsHost, FunctionsHostOptions } from '../../../../dev/functions-host/index.ts';

/** An app under test. */
export interface RunningApp extends FunctionsHost {
  /** Everything that was logged so far. */
  lines: string[];
  /** What the app's functions wrote down with `observe`, in the order it happened. */
  observed: () => unknown[];
  /** Lets functions go on that wait with `untilReleased`. */
  release: () => void;
  /** Calls a path of the host; `path` starts with a slash. */
  call: (path: string, init?: RequestInit) => Promise<Response>;
  /** Starts a function by hand; gives the status. */
  fire: (name: string, input?: unknown) => Promise<number>;
  /** Removes the app's folder after stopping it. */
  close: () => Promise<void>;
}

/** How to run a test app. */
export interface AppOptions extends Partial<FunctionsHostOptions> {
  /** Contents of host.json beside the version. */
  hostJson?: object;
  /** `Values` of local.settings.json; no file when absent. */
  values?: Record<string, string>;
  /** Code of the entry file instead of one of the apps. */
  code?: string;
}

/** Writes an app whose code is one of the files in `apps` to a folder of its own. */
export async function writeApp(name: string, options: AppOptions = {}): Promise<string> {
  const { hostJson, values, code } = options;
  const appDirectory = await mkdtemp(join(tmpdir(), 'functions-host-'));
  const file = fileURLToPath(new URL(`../apps/${name}.ts`, import.meta.url));
  const write = (path: string, text: string) => writeFile(join(appDirectory, path), text);
  await write('package.json', JSON.stringify({ name: 'test-app', main: 'app.cjs' }));
  await write('app.cjs', code ?? `require(${JSON.stringify(file)});`);
  await write('host.json', JSON.stringify({ version: '2.0', ...hostJson }));
  if (values !== undefined) {
    await write('local.settings.json', JSON.stringify({ IsEncrypted: false, Values: values }));
  }
  return appDirectory;
}

/** Starts the host on a test app, with the key `test-key`. */
export async function startApp(name: string, options: AppOptions = {}): Promise<RunningApp> {
  const appDirectory = await writeApp(name, options);
  const remove = () => rm(appDirectory, { recursive: true, force: true });
  const observations = join(appDirectory, 'observations');
  const releaseFile = join(appDirectory, 'release');
  const environment = { OBSERVATIONS: observations, RELEASE: releaseFile, ...options.environment };
  const lines: string[] = [];
  try {
    const host = await startFunctionsHost({
      functionKey: 'test-key',
      log: (line) => lines.push(line),
      ...options,
      appDirectory,
      environment,
    });
    const call: RunningApp['call'] = (path, init) => fetch(`${host.url}${path}`, init);
    const headers = { 'x-functions-key': host.functionKey };
    return {
      ...host,
      lines,
      observed: () => readObservations(observations),
      release: () => writeFileSync(releaseFile, ''),
      call,
      async fire(functionName, input) {
        const body = JSON.stringify({ input });
        const path = `/admin/functions/${functionName}`;
        return (await call(path, { method: 'POST', headers, body })).status;
      },
      close: () => host.stop().then(remove),
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

function readObservations(file: string): unknown[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line): unknown => JSON.parse(line));
}
