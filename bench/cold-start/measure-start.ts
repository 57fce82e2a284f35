import { type FunctionsHostOptions, startFunctionsHost } from '../../dev/functions-host/index.ts';
import { memoryOfProcess } from '../support/process-memory.ts';

/** One start of an app. */
export interface Start {
  /** From the start of the process until its functions are registered and its triggers run, ms. */
  readonly registeredMs: number;
  /** Until the first request is answered, ms. */
  readonly answeredMs: number;
  /** Resident memory then, MB. */
  readonly megabytes: number;
}

/**
 * Starts an app, sends it one request and stops it.
 *
 * @param path of the request
 * @throws Error when the request is not answered with 200
 */
export async function measureStart(options: FunctionsHostOptions, path: string): Promise<Start> {
  const startedAt = performance.now();
  const host = await startFunctionsHost({ ...options, log: () => undefined });
  try {
    const registeredMs = performance.now() - startedAt;
    const headers = { 'x-functions-key': host.functionKey };
    const response = await fetch(`${host.url}${path}`, { headers });
    await response.arrayBuffer();
    const answeredMs = performance.now() - startedAt;
    if (response.status !== 200) throw new Error(`${path} answered ${response.status}.`);
    const { now: megabytes } = await memoryOfProcess(host.instances()[0]?.pid ?? 0);
    return { registeredMs, answeredMs, megabytes };
  } finally {
    await host.stop();
  }
}
