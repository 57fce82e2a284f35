import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A request that Azurite answered. */
export interface StorageRequest {
  method: string;
  /** Path and query, for example `/devstoreaccount1/sync-batches/messages?numofmessages=4`. */
  path: string;
  status: number;
}

/** Azurite's access log has the common log format, a line for each answer. */
const pattern = /"([A-Z]+) (\S+) HTTP\/[\d.]+" (\d{3}) /;

/** Reads a line of Azurite's output; undefined when it is about something else than a request. */
export function parseAccessLogLine(line: string): StorageRequest | undefined {
  const [, method, path, status] = pattern.exec(line) ?? [];
  if (method === undefined || path === undefined) return undefined;
  return { method, path, status: Number(status) };
}

/** Calls back for each request that an Azurite which is not silent answers. */
export function readAccessLog(
  child: ChildProcess,
  onRequest: (request: StorageRequest) => void,
): void {
  if (child.stdout === null) return;
  createInterface({ input: child.stdout }).on('line', (line) => {
    const request = parseAccessLogLine(line);
    if (request !== undefined) onRequest(request);
  });
}
