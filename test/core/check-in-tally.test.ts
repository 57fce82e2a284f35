import { describe, expect, it } from 'vitest';
import { checkInTally } from '../../src/core/check-in-tally.ts';
import type { AcceptedDevice } from '../../src/core/check-in.ts';
import { aDeviceId, startOfTest as acceptedAt } from '../support/factories.ts';

const device = (overrides: Partial<AcceptedDevice>): AcceptedDevice => ({
  id: aDeviceId(),
  outcome: 'silent',
  acceptedAt,
  isByItself: false,
  ...overrides,
});

/** Devices that checked in so many minutes after their command. */
const after = (...minutes: number[]) =>
  minutes.map((count) =>
    device({ outcome: 'checkedIn', checkedInAt: acceptedAt + count * 60_000 }),
  );

function countsOf(devices: readonly AcceptedDevice[]) {
  const tally = checkInTally();
  for (const each of devices) tally.add(each);
  return tally.counts();
}

describe('the tally of check-ins', () => {
  it('of nobody has no median', () => {
    expect(countsOf([])).toEqual({ checkedIn: 0, byItself: 0, silent: 0, gone: 0 });
  });

  it('counts every device once; one without a verdict is silent', () => {
    const byItself = {
      outcome: 'checkedIn',
      isByItself: true,
      checkedInAt: acceptedAt - 1,
    } as const;
    const others = [device({}), device({ outcome: 'accepted' }), device({ outcome: 'gone' })];
    expect(countsOf([...after(2), device(byItself), ...others])).toEqual({
      checkedIn: 1,
      byItself: 1,
      silent: 2,
      gone: 1,
      medianMinutes: 2,
      p90Minutes: 2,
    });
  });

  it.each([
    [[7], 7, 7],
    [[9, 1, 5], 5, 9],
    [[10, 2, 9, 3, 8, 4, 7, 5, 6, 1], 5, 9],
    [[100, 20, 3], 20, 100],
  ])('of delays %j has the median %d and the 90th percentile %d', (delays, median, p90) => {
    expect(countsOf(after(...delays))).toMatchObject({ medianMinutes: median, p90Minutes: p90 });
  });

  it('takes a check-in in the second of the command for one at once', () => {
    const [checkedIn] = after(-0.01);
    expect(countsOf(checkedIn === undefined ? [] : [checkedIn]).medianMinutes).toBe(0);
  });
});
