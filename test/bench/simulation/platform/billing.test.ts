import { describe, expect, it } from 'vitest';
import { ActivePeriods, billedMs } from '../../../../bench/simulation/platform/billing.ts';
import { noUsage } from '../../../../bench/simulation/world/usage.ts';

describe('billedMs', () => {
  it.each([
    [0, 1_000],
    [200, 1_000],
    [1_000, 1_000],
    [1_001, 1_100],
    [59_999, 60_000],
  ])('bills %i ms as %i ms', (periodMs, billed) => {
    expect(billedMs(periodMs)).toBe(billed);
  });
});

describe('ActivePeriods', () => {
  it('counts executions that overlap once', () => {
    const usage = noUsage();
    const periods = new ActivePeriods(usage);
    periods.begin(0);
    periods.begin(1_000);
    periods.end(2_000);
    periods.end(3_000);
    expect(usage).toMatchObject({ activeSeconds: 3, billedSeconds: 3 });
  });

  it('bills each period apart when an instance was idle between them', () => {
    const usage = noUsage();
    const periods = new ActivePeriods(usage);
    for (const start of [0, 10_000]) {
      periods.begin(start);
      periods.end(start + 200);
    }
    expect(usage).toMatchObject({ activeSeconds: 0.4, billedSeconds: 2 });
  });

  it('ends a period with its instance, whatever ends later', () => {
    const usage = noUsage();
    const periods = new ActivePeriods(usage);
    periods.begin(0);
    periods.stop(5_000);
    periods.end(9_000);
    expect(usage.activeSeconds).toBe(5);
  });
});
