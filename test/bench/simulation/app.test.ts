import { describe, expect, it } from 'vitest';
import { SimulatedApp } from '../../../bench/simulation/app.ts';
import { simulate } from '../../../bench/simulation/scale-row.ts';
import { STALLED_AFTER_MS } from '../../../src/core/claim.ts';

const plain = {
  devices: 500,
  mode: 'perDevice',
  scale: { min: 2, max: 2 },
  writesPerSecond: 10,
  seed: 7,
} as const;

describe('the simulated app', () => {
  it('sends one command to each device and accounts for all of them', async () => {
    const { row } = await simulate('test', plain);
    expect(row).toMatchObject({ writes: 500, throttled: 0, unaccounted: 0 });
  });

  it('is the same run with the same seed', async () => {
    const rows = [await simulate('test', plain), await simulate('test', plain)];
    expect(rows[0]?.row).toEqual(rows[1]?.row);
  });

  it('names up to 98 devices in one call of a run in bulk', async () => {
    const { row } = await simulate('test', { ...plain, mode: 'bulk' });
    expect(row).toMatchObject({ writes: 6, unaccounted: 0 });
  });

  it('ends and adds up when instances die in the midst of their work', async () => {
    const { row } = await simulate('test', { ...plain, meanLifeMs: 5_000 });
    expect(row.unaccounted).toBe(0);
    expect(row.writes).toBeGreaterThan(500);
  });

  it('takes no batch for lost that waits for the only instance of a large run in bulk', async () => {
    const scale = { min: 1, max: 1 };
    const { app } = await simulate('test', { ...plain, devices: 60_000, mode: 'bulk', scale });
    const batches = Array.from({ length: app.ledger.size }, (_, number) =>
      app.ledger.summary(number),
    );
    const behind = batches.map((batch) => (batch?.finishedAt ?? NaN) - (batch?.dueAt ?? NaN));
    expect(Math.max(...behind)).toBeGreaterThan(STALLED_AFTER_MS);
    expect(batches.filter((batch) => batch?.requeues !== 0)).toEqual([]);
  });

  it('has Graph throttle who writes more than another app leaves', async () => {
    const otherApp = { writesPerSecond: 15, stopsAfterMs: 600_000 };
    const { row } = await simulate('test', { ...plain, otherApp });
    expect(row.throttled).toBeGreaterThan(0);
    expect(row.unaccounted).toBe(0);
  });

  it('starts instances for messages that wait, from none', async () => {
    const app = new SimulatedApp({ ...plain, scale: { min: 0, max: 3 } });
    const run = await app.runToTheEnd();
    expect(run.status).toBe('completed');
  });
});
