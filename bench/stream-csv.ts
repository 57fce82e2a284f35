import { call, memoryOf, planRun, withApp } from './support.ts';

/**
 * Reads the devices of a large run as CSV, over and over, and prints how the memory of the app's
 * process grew from the first reading to the last: not at all when it streams. Usage:
 * `npm run bench:csv -- [devices]`, by default 100,000.
 */
const devices = Number(process.argv[2] ?? 100_000);
const READINGS = 4;
/** What garbage that is not collected yet may amount to. */
const MAX_RATIO = 1.25;

await withApp(devices, async (app) => {
  const run = await planRun(app, { dryRun: true });
  const readings: number[] = [];
  for (let reading = 0; reading < READINGS; reading++) {
    const startedAt = performance.now();
    const response = await call(app, `/api/runs/${run.id}/devices?format=csv`);
    let bytes = 0;
    let lines = -1;
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      for (const byte of chunk) if (byte === 10) lines++;
    }
    const seconds = (performance.now() - startedAt) / 1000;
    const { now } = await memoryOf(app);
    readings.push(now);
    const size = (bytes / 1024 / 1024).toFixed(1);
    console.log(
      `${lines} devices, ${size} MB in ${seconds.toFixed(1)} s, app at ${now.toFixed(0)} MB`,
    );
    if (lines !== devices) process.exitCode = 1;
  }
  const ratio = (readings.at(-1) ?? 0) / (readings[0] ?? 1);
  console.log(`memory, last to first: ${ratio.toFixed(2)} (at most ${MAX_RATIO})`);
  if (ratio > MAX_RATIO) process.exitCode = 1;
});
