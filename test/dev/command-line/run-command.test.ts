import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';

/** The smallest command there is: it prints two lines and runs until it is told to stop. */
const script = new URL('../../../dev/identity-endpoint/main.ts', import.meta.url).pathname;

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

async function startCommand() {
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, line: line.toString() };
}

test('--help prints the help and exits with 0', () => {
  expect(run('--help')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('--lifetime-seconds N') as unknown,
    stderr: '',
  });
});

test('a bad option is named on standard error, with exit code 2', () => {
  expect(run('--port', 'x')).toEqual({
    status: 2,
    stdout: '',
    stderr:
      '--port has to be a whole number from 0 to 65535, not "x".\n' +
      'See node dev/identity-endpoint/main.ts --help\n',
  });
});

test('a failure is told in one line, with exit code 1', async () => {
  const { child, line } = await startCommand();
  const port = /127\.0\.0\.1:(\d+)/.exec(line)?.[1] ?? '';

  expect(run('--port', port)).toEqual({
    status: 1,
    stdout: '',
    stderr: `Port ${port} cannot be used (EADDRINUSE).\n`,
  });
  child.kill('SIGKILL');
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends a command in good order', async (signal) => {
  const { child } = await startCommand();
  child.kill(signal);
  expect(await once(child, 'exit')).toEqual([0, null]);
});
