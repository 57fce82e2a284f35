import { rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { startFunctionsHost } from '../../../dev/functions-host/index.ts';
import { runScript } from './support/run-script.ts';
import { startApp, writeApp } from './support/start-app.ts';

const directories: string[] = [];
afterEach(async () => {
  for (const directory of directories.splice(0)) await rm(directory, { recursive: true });
});

/** An app's folder that is removed after the test. */
async function temporaryApp(code?: string): Promise<string> {
  const directory = await writeApp('http', code === undefined ? {} : { code });
  directories.push(directory);
  return directory;
}

/** An app of one line after the library is loaded. */
const app = (code: string) => `const { app } = require('@azure/functions'); ${code}`;
const library = JSON.stringify(
  new URL('../../../node_modules/@azure/functions/', import.meta.url).pathname,
);
const start = (code: string, options = {}) =>
  startApp('http', { code: app(code).replace("'@azure/functions'", library), ...options });

describe('an app that cannot run is refused at the start with the reason', () => {
  test.each([
    ["throw new Error('bad setting SYNC_BATCH_SIZE')", /could not be started:\nError: bad setting/],
    ["require('./missing')", /Cannot find module '.\/missing'/],
    ['process.exit(3)', /ended before it was ready \(exit code 3\)/],
    [
      "app.storageBlob('b', { path: 'x', handler() {} })",
      /function 'b': this host has HTTP, queue/,
    ],
    [
      "const { output } = require(LIBRARY); app.timer('t', { schedule: '0 0 * * * *', handler() {}, return: output.storageQueue({ queueName: 'q' }) })",
      /function 't' has an output binding of type 'queue', which this host does not have; use the SDK/,
    ],
    [
      "app.timer('t', { schedule: '0 0 * * * *', handler() {}, retry: { strategy: 'fixedDelay', delayInterval: 1, maxRetryCount: 1 } })",
      /function 't' has a retry policy/,
    ],
    ["app.timer('t', { schedule: '%NONE%', handler() {} })", /there is no setting NONE/],
    ["app.timer('t', { schedule: 'weekly', handler() {} })", /'weekly' is not an NCRONTAB/],
    [
      "app.timer('t', { schedule: '0 0 * * * *', handler() {} })",
      /'AzureWebJobsStorage' is not conf/,
    ],
    ["app.http('h', { authLevel: 'system', handler() {} })", /function 'h': authLevel/],
    ["app.http('h', { route: 'x/{id:uuid}', handler() {} })", /unknown constraint 'uuid'/],
    ["app.http('h', { handler() {} }); app.http('h', { handler() {} })", /already been registered/],
  ])('%s', async (code, reason) => {
    await expect(start(code.replace('LIBRARY', library))).rejects.toThrow(reason);
  });

  test('several instances give the reason once', async () => {
    const lines: string[] = [];
    const log = (line: string) => lines.push(line);
    await expect(start("throw new Error('broken')", { instances: 3, log })).rejects.toThrow(
      'broken',
    );
    expect(lines).toEqual([]);
  });
});

describe('a start', () => {
  test('without a build names the command that makes one', async () => {
    const appDirectory = await temporaryApp();
    const main = 'dist/index.cjs';
    await writeFile(join(appDirectory, 'package.json'), JSON.stringify({ main }));
    await expect(startFunctionsHost({ appDirectory })).rejects.toThrow(
      'dist/index.cjs does not exist; make it with: npm run build',
    );
  });

  test('on a port that is taken names the port and the option', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await expect(startApp('http', { port })).rejects.toThrow(
      `port ${port} cannot be used (EADDRINUSE); choose another with --port`,
    );
    server.close();
  });

  test('can be given up, also while the app hangs in loading', async () => {
    const abort = new AbortController();
    const log = (line: string) => {
      if (line.includes('loading')) abort.abort();
    };
    const starting = start("console.log('loading'); while (true);", { signal: abort.signal, log });
    await expect(starting).rejects.toThrow('ended before it was ready (SIGKILL)');
    await expect(start('', { signal: abort.signal })).rejects.toThrow('aborted');
  });

  test('makes a random key when none is chosen', async () => {
    const code = "app.http('h', { authLevel: 'function', handler: () => ({ body: 'in' }) })";
    const host = await start(code, { functionKey: undefined });
    expect([host.isKeyRandom, host.functionKey.length]).toEqual([true, 32]);
    expect((await host.call(`/api/h?code=${host.functionKey}`)).status).toBe(200);
    await host.close();
  });

  test('takes the key from LOCAL_FUNCTION_KEY, also in local.settings.json', async () => {
    const values = { LOCAL_FUNCTION_KEY: 'chosen' };
    const host = await start("app.http('h', {})", { functionKey: undefined, values });
    expect([host.isKeyRandom, host.functionKey]).toEqual([false, 'chosen']);
    await host.close();
  });

  test('gives the app what the real host gives it', async () => {
    const names = ['AZURE_FUNCTIONS_ENVIRONMENT', 'FUNCTIONS_WORKER_RUNTIME', 'WEBSITE_HOSTNAME'];
    const code = `app.http('h', { handler: () => ({ jsonBody: ${JSON.stringify(names)}.map((one) => process.env[one]) }) })`;
    const host = await start(code);
    const expected = ['Development', 'node', new URL(host.url).host];
    expect(await (await host.call('/api/h')).json()).toEqual(expected);
    await host.close();
  });
});

describe('an app', () => {
  test('of ES modules runs', async () => {
    const appDirectory = await temporaryApp();
    const url = new URL('./apps/http.ts', import.meta.url).href;
    await writeFile(join(appDirectory, 'package.json'), JSON.stringify({ main: '{app,none}.mjs' }));
    await writeFile(join(appDirectory, 'app.mjs'), `import ${JSON.stringify(url)};`);
    const host = await startFunctionsHost({ appDirectory, logLevel: 'none' });
    expect((await fetch(`${host.url}/api/items`)).status).toBe(200);
    await host.stop();
  });

  test('has its hooks run around an invocation, sharing their data', async () => {
    const host = await start(`
      app.hook.preInvocation((context) => {
        context.hookData.seen = ['pre'];
        const handler = context.functionHandler;
        context.functionHandler = (...args) => handler(...args, context.hookData.seen);
      });
      app.hook.postInvocation((context) => {
        context.result = { jsonBody: [...context.hookData.seen, context.result, context.error] };
      });
      app.hook.log((context) => { context.message = context.message.toUpperCase(); });
      app.http('h', { handler: (request, context, seen) => {
        context.warn('from %s', 'inside');
        seen.push('handler');
        return 'result';
      } });`);
    expect(await (await host.call('/api/h')).json()).toEqual(['pre', 'handler', 'result', null]);
    expect(host.lines[1]).toMatch(/ warning {5}h#1 [0-9a-f]{8} FROM INSIDE$/);
    await host.close();
  });

  test('may print, crash outside a function, and is replaced', async () => {
    const host = await start(`
      console.log('printed'); console.error('complained');
      app.http('crash', { handler: () => { setImmediate(() => { throw new Error('later'); }); return {}; } });`);
    await host.call('/api/crash');
    const lines = () => host.lines.map((line) => line.replace(/^\S+ /, ''));
    await vi.waitFor(() => expect(lines().join('\n')).toContain('replacing'), { timeout: 10_000 });
    expect(lines()).toContain('information instance#1 -------- printed');
    expect(lines()).toContain('warning     instance#1 -------- complained');
    expect(lines().join('\n')).toContain('the app crashed outside a function: Error: later');
    await host.close();
  });
});

describe('the command', () => {
  test('explains itself', async () => {
    const { ended, output } = runScript('dev/host.ts', ['--help']);
    expect(await ended).toBe(0);
    expect(output()).toContain('npm run host -- [options]');
    expect(output()).toContain('--port N');
    expect(output()).toContain('--instances N');
  });

  test.each([
    [['--port', 'x'], '--port has to be a whole number from 0 to 65535, not "x".'],
    [['--instances', '0'], '--instances has to be'],
    [['--prot', '1'], "Unknown option '--prot'"],
  ])('%j is refused by name', async (args, message) => {
    const { ended, output } = runScript('dev/host.ts', args);
    expect(await ended).toBe(2);
    expect(output()).toContain(message);
  });
});

describe('a host that is killed the hard way', () => {
  test.each([
    ['idle', undefined],
    ['caught in an endless loop', 'setTimeout(() => { while (true); }, 100);'],
  ])('takes its instances with it, when they are %s', async (_, code) => {
    const appDirectory = await temporaryApp(code);
    const script = runScript('test/dev/functions-host/support/host-alone.ts', [appDirectory]);
    await vi.waitFor(() => expect(script.output()).toMatch(/^pids .+\n/), { timeout: 15_000 });
    const pids = script.output().replace('pids ', '').trim().split(' ').map(Number);
    expect(pids.map(isAlive)).toEqual([true, true]);
    script.child.kill('SIGKILL');
    await script.ended;
    await vi.waitFor(() => expect(pids.map(isAlive)).toEqual([false, false]), { timeout: 10_000 });
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
