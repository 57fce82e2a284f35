import { describe, expect, it } from 'vitest';
import { laneOf, standsInTheWay } from '../../src/core/overlap.ts';
import { finalStatuses, openStatuses } from '../../src/core/run.ts';
import type { Scope } from '../../src/core/scope.ts';
import { aDeviceId, aRun } from '../support/factories.ts';

describe('the lane of a run', () => {
  it('is its action and priority', () => {
    expect(laneOf(aRun())).toBe('syncDevice-normal');
    expect(laneOf(aRun({ priority: 'urgent' }))).toBe('syncDevice-urgent');
  });

  it('has no sign that a row key must not have', () => {
    expect(laneOf(aRun())).not.toMatch(/[/\\#?]/);
  });
});

describe('a run of the same lane stands in the way', () => {
  it.each(openStatuses)('while it is %s', (status) => {
    expect(standsInTheWay(aRun({ status }), aRun())).toBe(true);
  });

  it.each(finalStatuses)('no more when it is %s', (status) => {
    expect(standsInTheWay(aRun({ status }), aRun())).toBe(false);
  });

  it('still when it was told to stop: what is on its way may arrive', () => {
    const stopped = aRun({ status: 'running', stop: { status: 'cancelled', at: 0 } });
    expect(standsInTheWay(stopped, aRun())).toBe(true);
  });

  const [first, second] = [aDeviceId(10), aDeviceId(11)];
  it.each<[Scope, Scope, boolean]>([
    [{ deviceIds: [first] }, { deviceIds: [second] }, false],
    [{ deviceIds: [first, second] }, { deviceIds: [second] }, true],
    [{ deviceIds: [first.toUpperCase()] }, { deviceIds: [first] }, true],
    [{ deviceIds: [first] }, {}, true],
    [{}, { deviceIds: [first] }, true],
    // That no device is both is not known without a look at the fleet.
    [{ platforms: ['windows'] }, { platforms: ['iOS'] }, true],
    [{ deviceIds: [first], exclude: { deviceIds: [first] } }, { deviceIds: [first] }, true],
  ])('with the scope %j, in that of %j: %s', (open, wanted, isInTheWay) => {
    const run = aRun({ scope: open, status: 'running' });
    expect(standsInTheWay(run, aRun({ scope: wanted }))).toBe(isInTheWay);
  });
});
