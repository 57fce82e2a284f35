import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A script in a process of its own. */
export interface RunningScript {
  child: ChildProcess;
  /** Everything it has printed so far, errors included. */
  output: () => string;
  /** Resolves with the exit code, or the signal that ended it. */
  ended: Promise<number | string>;
}

/** Runs a script of the project, named from its root, with Node and without the caller's keys. */
export function runScript(
  script: string,
  args: readonly string[] = [],
  environment: Record<string, string> = {},
): RunningScript {
  const root = fileURLToPath(new URL('../../../../', import.meta.url));
  const child = spawn(process.execPath, [script, ...args], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  }
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  return { child, ended, output: () => Buffer.concat(chunks).toString() };
}
