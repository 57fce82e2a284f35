import { describe, expect, it } from 'vitest';
import { EventClock } from '../../../../bench/simulation/world/event-clock.ts';

describe('EventClock', () => {
  it('jumps from one event to the next and lets whoever wakes up sleep again', async () => {
    const clock = new EventClock(0);
    const moments: number[] = [];
    const tick = async (intervalMs: number) => {
      for (let times = 0; times < 2; times++) {
        await clock.sleep(intervalMs);
        moments.push(clock.now());
      }
    };
    void tick(60_000);
    void tick(100_000);
    await clock.runUntil(() => moments.length === 4);
    expect(moments).toEqual([60_000, 100_000, 120_000, 200_000]);
  });

  it('fails when nothing is left to happen before the end', async () => {
    const clock = new EventClock(0);
    await expect(clock.runUntil(() => false)).rejects.toThrow('Nothing is left to happen.');
  });
});
