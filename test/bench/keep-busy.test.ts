import { expect, it } from 'vitest';
import { keepBusy } from '../../bench/support/keep-busy.ts';

const LONG_MS = 600_000;

it('processes that keep a machine busy end when they are stopped', async () => {
  const stop = keepBusy(2, LONG_MS);
  await expect(stop()).resolves.toBeUndefined();
});
