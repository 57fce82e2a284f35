import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { CliContext } from '../../../src/cli/context.ts';
import { runCli } from '../../../src/cli/run-cli.ts';
import { type App, functionKey } from './an-app.ts';

/** What a command line said and how it ended. */
export interface Outcome {
  exitCode: number;
  stdout: string;
  stderr: string;
  /** How long it would have waited, each time, in ms. */
  waits: number[];
  questions: string[];
}

export interface Circumstances extends Partial<Omit<CliContext, 'stdout' | 'stderr'>> {
  /** The answer to every question; a terminal is there when it is given. */
  answer?: string;
}

export const startTime = Date.parse('2026-11-21T08:00:00.000Z');

/** Carries out a command line against an app. Waiting takes no time: the clock is moved instead. */
export async function callCli(
  app: Pick<App, 'url'>,
  args: readonly string[],
  { answer, ...changes }: Circumstances = {},
): Promise<Outcome> {
  const stdout = new PassThrough();
  const isTTY = changes.isTTY ?? answer !== undefined;
  const stderr = Object.assign(new PassThrough(), { isTTY });
  const waits: number[] = [];
  const questions: string[] = [];
  let time = startTime;
  let keys = 0;
  const context: CliContext = {
    fetch,
    stdout,
    stderr,
    isTTY,
    env: { FLEET_SYNC_URL: app.url, FLEET_SYNC_KEY: functionKey },
    now: () => time,
    sleep: (ms) => {
      waits.push(ms);
      time += ms;
      return Promise.resolve();
    },
    ask: (question) => {
      questions.push(question);
      return Promise.resolve(answer ?? '');
    },
    newKey: () => `key-${++keys}`,
    getToken: () => Promise.reject(new Error('There is nobody to sign in.')),
    signal: new AbortController().signal,
    requestTimeoutMs: 10_000,
    ...changes,
  };
  const texts = Promise.all([text(stdout), text(stderr)]);
  const exitCode = await runCli(args, context);
  stdout.end();
  stderr.end();
  const [out, err] = await texts;
  return { exitCode, stdout: out, stderr: err, waits, questions };
}

/** The JSON that a command printed. */
export function jsonOf({ stdout }: Outcome): unknown {
  return JSON.parse(stdout);
}
