import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** The three services, in the order in which Azurite starts them. */
const services = ['Blob', 'Queue', 'Table'] as const;

/** Where each service listens, for example `https://127.0.0.1:36723`. */
export type ListeningAddresses = Record<(typeof services)[number], string>;

/**
 * Waits until Azurite has printed where all its services listen. Asked for port 0 it takes free
 * ones and names them, which leaves no moment in which another process could take the port.
 *
 * @throws Error with what the process said when it ends or is silent for `timeoutMs`.
 */
export function readListeningAddresses(
  child: ChildProcess,
  timeoutMs: number,
): Promise<ListeningAddresses> {
  const found: Partial<ListeningAddresses> = {};
  const said: string[] = [];
  let isReady = false;

  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`Azurite ${why}. ${said.join(' ')}`.trim()));
    const timer = setTimeout(() => fail(`was not ready after ${timeoutMs / 1000} s`), timeoutMs);
    child.once('error', (error) => fail(`could not be started: ${error.message}`));
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      fail(`ended at its start (${signal ?? `exit code ${String(code)}`})`);
    });

    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        // What comes later may be a log of every request, and is not kept.
        if (isReady) return;
        const match = /^Azurite (Blob|Queue|Table) service is successfully listening at (\S+)/.exec(
          line,
        );
        if (match === null) said.push(line);
        else found[match[1] as keyof ListeningAddresses] = match[2] ?? '';
        if (services.every((service) => found[service] !== undefined)) {
          isReady = true;
          clearTimeout(timer);
          resolve(found as ListeningAddresses);
        }
      });
    }
  });
}
