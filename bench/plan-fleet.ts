import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { startApp } from '../dev/environment/index.ts';

/**
 * Plans a large fleet in the local environment and prints how long that took and the most memory
 * the app's process ever held. Usage: `npm run bench:plan -- [devices]`, by default 100,000.
 */
const devices = Number(process.argv[2] ?? 100_000);

/** The bars: 100,000 devices at no latency. */
const MAX_SECONDS = 60;
const MAX_MEGABYTES = 300;

interface Planned {
  readonly id: string;
  readonly status: string;
  readonly createdAt: string;
  readonly plannedAt: string | null;
  readonly totals: { readonly totalDevices: number };
}

const app = await startApp({ graph: { fleet: { devices } }, log: () => undefined });
try {
  const { url, functionKey } = app.host;
  const ask = async (path: string, method = 'GET') => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { 'x-functions-key': functionKey },
    });
    return (await response.json()) as Planned;
  };
  let run = await ask('/api/runs', 'POST');
  while (run.status === 'planning') {
    await sleep(200);
    run = await ask(`/api/runs/${run.id}`);
  }
  const pid = app.host.instances()[0]?.pid ?? 0;
  const seconds = (Date.parse(run.plannedAt ?? '') - Date.parse(run.createdAt)) / 1000;
  const megabytes = await peakMegabytes(pid);
  console.log(`devices planned  ${run.totals.totalDevices}`);
  console.log(`time             ${seconds.toFixed(1)} s (at most ${MAX_SECONDS})`);
  console.log(`peak memory      ${megabytes.toFixed(0)} MB (at most ${MAX_MEGABYTES})`);
  const isMet = seconds <= MAX_SECONDS && megabytes <= MAX_MEGABYTES;
  process.exitCode = isMet && run.totals.totalDevices === devices ? 0 : 1;
} finally {
  await app.close();
}

/** The high-water mark of a process's resident memory, as Linux keeps it. */
async function peakMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}
