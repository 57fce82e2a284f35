import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Starts processes that each keep a core busy, until they are stopped or `forMs` is over: whoever
 * started them may be killed.
 *
 * @returns what stops them, and waits for their end
 */
export function keepBusy(processes: number, forMs: number): () => Promise<void> {
  const loop = `const end = Date.now() + ${forMs}; while (Date.now() < end);`;
  const children = Array.from({ length: processes }, () => {
    const child = spawn(process.execPath, ['-e', loop], { stdio: 'ignore' });
    return { child, ended: once(child, 'exit') };
  });
  return async () => {
    for (const { child } of children) child.kill();
    await Promise.all(children.map(({ ended }) => ended));
  };
}
