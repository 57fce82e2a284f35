import { describe, expect, it } from 'vitest';
import { CLOCK_SKEW_MS, STALLED_AFTER_MS } from '../../src/core/claim.ts';
import { signOfLife } from '../../src/use-cases/sign-of-life.ts';
import { aRun } from '../support/factories.ts';
import { InMemoryRunStore } from '../support/in-memory-run-store.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

/** The moments of the signs that a task gives whose steps take so long, ms after its start. */
async function signsOf(stepsMs: readonly number[]): Promise<number[]> {
  const clock = new VirtualClock();
  const runs = new InMemoryRunStore();
  const run = aRun();
  await runs.create(run);
  const start = clock.now();
  const signs: number[] = [];
  const give = signOfLife({ runs, clock }, run.id, (current, now) => {
    signs.push(now - start);
    return current;
  });
  for (const stepMs of stepsMs) {
    clock.moveTo(clock.now() + stepMs);
    await give();
  }
  return signs;
}

describe('a sign of life', () => {
  it('is given once in ten seconds, however short the steps are', async () => {
    expect(await signsOf(Array.from({ length: 25 }, () => 1_000))).toEqual([10_000, 20_000]);
  });

  it('comes in time although the longest step of a list begins just before one is due', async () => {
    const longestStepMs = 75_000;
    const [first = Infinity] = await signsOf([9_999, longestStepMs]);
    expect(first).toBeLessThan(STALLED_AFTER_MS - CLOCK_SKEW_MS);
  });
});
