import type { LocalApp } from '../../dev/environment/index.ts';
import type { Suite } from '../suite.ts';
import { createStorageCounter } from '../support/storage-counts.ts';
import { call, memoryOf, startRun, untilRun, withApp } from '../support/app.ts';

const DEVICES = 100_000;
const READINGS = 4;
/** What garbage that is not collected yet may amount to. */
const MAX_GROWTH = 1.25;

/** A page of rows has many batches; what else the app asks of storage meanwhile is little. */
const MAX_REQUESTS = 0.25;

/** Whether the report of a large run streams: memory must not grow with every reading. */
export const csv: Suite = {
  name: 'csv',
  title: 'Reading a large run as CSV',
  summary:
    `GET /api/runs/{id}/devices?format=csv of ${DEVICES.toLocaleString('en')} devices, ${READINGS} ` +
    `times, after a dry run; memory is that of the app's process after each reading, and requests are ` +
    `those to tables.`,
  mode: 'full',
  run: (context) => {
    const storage = createStorageCounter();
    const graph = { fleet: { devices: DEVICES } };
    return withApp(context, { graph, onStorageRequest: storage.onRequest }, async (app) => {
      const { id } = await startRun(app, { dryRun: true });
      await untilRun(app, id, context.signal, ({ plannedAt }) => plannedAt !== null);
      const rows = [];
      for (let reading = 1; reading <= READINGS; reading++) {
        context.onStep(`reading ${reading}`);
        storage.take();
        const read = await readCsv(app, id);
        const requests = storage.take().tables / (DEVICES / 1_000);
        const memory = (await memoryOf(app)).now;
        rows.push({ reading, ...read, 'requests per 1,000 devices': requests, 'app MB': memory });
      }
      const [first, last] = [rows[0], rows.at(-1)];
      const growth = (last?.['app MB'] ?? NaN) / (first?.['app MB'] ?? NaN);
      const devices = Math.min(...rows.map((row) => row.devices));
      const requests = Math.max(...rows.map((row) => row['requests per 1,000 devices']));
      return {
        rows,
        bars: [
          {
            name: 'memory after the last reading to that after the first',
            ...{ value: growth, bound: MAX_GROWTH, isAtMost: true, unit: '' },
          },
          {
            name: 'devices in the CSV',
            ...{ value: devices, bound: DEVICES, isAtMost: false, unit: 'devices' },
          },
          {
            name: 'most table requests for 1,000 devices',
            ...{ value: requests, bound: MAX_REQUESTS, isAtMost: true, unit: 'requests' },
          },
        ],
      };
    });
  },
};

/** Reads the CSV to its end without keeping it. */
async function readCsv(app: LocalApp, id: string) {
  const startedAt = performance.now();
  const response = await call(app, `/api/runs/${id}/devices?format=csv`);
  let bytes = 0;
  // The header is no device.
  let devices = -1;
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    for (const byte of chunk) if (byte === 10) devices++;
  }
  return { devices, MB: bytes / 2 ** 20, seconds: (performance.now() - startedAt) / 1000 };
}
