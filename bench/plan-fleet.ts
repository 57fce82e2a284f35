import { memoryOf, planRun, withApp } from './support.ts';

/**
 * Plans a large fleet in the local environment and prints how long that took and the most memory
 * the app's process ever held. Usage: `npm run bench:plan -- [devices]`, by default 100,000.
 */
const devices = Number(process.argv[2] ?? 100_000);

/** The bars: 100,000 devices at no latency. */
const MAX_SECONDS = 60;
const MAX_MEGABYTES = 300;

await withApp(devices, async (app) => {
  const run = await planRun(app, { skip: {} });
  const seconds = (Date.parse(run.plannedAt ?? '') - Date.parse(run.createdAt)) / 1000;
  const { peak } = await memoryOf(app);
  console.log(`devices planned  ${run.totals.totalDevices}`);
  console.log(`time             ${seconds.toFixed(1)} s (at most ${MAX_SECONDS})`);
  console.log(`peak memory      ${peak.toFixed(0)} MB (at most ${MAX_MEGABYTES})`);
  const isMet = seconds <= MAX_SECONDS && peak <= MAX_MEGABYTES;
  process.exitCode = isMet && run.totals.totalDevices === devices ? 0 : 1;
});
