import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { askLine } from './ask.ts';
import type { CliContext } from './context.ts';
import { exitCodes } from './exit-code.ts';
import { runCli } from './run-cli.ts';

/** Long enough for an app that has to be started first, ms. */
const REQUEST_TIMEOUT_MS = 30_000;

const interruption = new AbortController();

function interrupt(): void {
  // Who presses Ctrl+C twice does not want to wait for anything.
  if (interruption.signal.aborted) process.exit(exitCodes.interrupted);
  interruption.abort();
}

const context: CliContext = {
  fetch,
  stdout: process.stdout,
  stderr: process.stderr,
  isTTY: process.stdin.isTTY && process.stderr.isTTY,
  env: process.env,
  now: Date.now,
  sleep: (ms) => sleep(ms, undefined, { signal: interruption.signal }),
  ask: (question) =>
    askLine(question, {
      input: process.stdin,
      output: process.stderr,
      signal: interruption.signal,
      onInterrupt: interrupt,
    }),
  newKey: randomUUID,
  getToken: async (scope) => {
    // Loaded by those who sign in only: it is most of this program.
    const { DefaultAzureCredential } = await import('@azure/identity');
    return new DefaultAzureCredential().getToken(scope, { abortSignal: interruption.signal });
  },
  signal: interruption.signal,
  requestTimeoutMs: REQUEST_TIMEOUT_MS,
};

process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
// Whoever read the output is gone (`| head`): no reason to crash, and none to go on.
process.stdout.on('error', interrupt);

// No top-level await: the bundle is CommonJS.
void runCli(process.argv.slice(2), context).then(
  (exitCode) => (process.exitCode = exitCode),
  (error: unknown) => {
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`fleet-sync failed unexpectedly.\n${trace}\n`);
    process.exitCode = exitCodes.refused;
  },
);
