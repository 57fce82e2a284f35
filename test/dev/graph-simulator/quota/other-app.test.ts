import { describe, expect, it } from 'vitest';
import { createOtherApp } from '../../../../dev/graph-simulator/quota/other-app.ts';

describe('another app', () => {
  it('fills the window at its pace from the beginning', () => {
    const app = createOtherApp(20_000, 5);
    expect([app.loadAt(0), app.loadAt(1e12)]).toEqual([100, 100]);
    expect(app.perSecond()).toBe(5);
  });

  it('leaves the window little by little when it stops', () => {
    const app = createOtherApp(20_000, 5);
    app.setPace(0, 100_000);
    const loads = [100_000, 105_000, 119_000, 120_000, 500_000].map((now) => app.loadAt(now));
    expect(loads).toEqual([100, 75, 5, 0, 0]);
  });

  it('can change its pace several times within a window', () => {
    const app = createOtherApp(20_000, 0);
    app.setPace(10, 100_000);
    app.setPace(2, 105_000);
    app.setPace(0, 110_000);
    const loads = [100_000, 105_000, 110_000, 122_500, 130_000].map((now) => app.loadAt(now));
    expect(loads).toEqual([0, 50, 60, 35, 0]);
  });
});
