import { describe, expect, it } from 'vitest';
import { type CheckIn, verdictOf, withVerdict } from '../../src/core/check-in.ts';
import { aDeviceId, startOfTest as began } from '../support/factories.ts';

const acceptedAt = began + 90_400;
const checkIn = (lastSyncAt: number | undefined): CheckIn => ({
  id: aDeviceId(),
  lastSyncAt,
  ownership: 'personal',
});
const verdict = (lastSyncAt: number | undefined) =>
  verdictOf({ acceptedAt }, checkIn(lastSyncAt), began);

describe('the verdict on a device', () => {
  it('that checked in after its command is checkedIn, with its time', () => {
    expect(verdict(acceptedAt + 240_000)).toEqual({
      outcome: 'checkedIn',
      checkedInAt: acceptedAt + 240_000,
      isByItself: false,
      ownership: 'personal',
    });
  });

  it('that checked in within the second of its command is checkedIn: Graph may cut fractions', () => {
    expect(verdict(began + 90_000)).toMatchObject({ outcome: 'checkedIn', isByItself: false });
  });

  it('that checked in within the second of the run’s beginning did so after it', () => {
    const checkedIn = verdictOf({ acceptedAt }, checkIn(began), began + 999);
    expect(checkedIn).toMatchObject({ outcome: 'checkedIn', isByItself: true });
  });

  it.each([began, began + 89_999])('that checked in between run and command is by itself', (at) => {
    expect(verdict(at)).toMatchObject({ outcome: 'checkedIn', checkedInAt: at, isByItself: true });
  });

  it.each([began - 1, began - 86_400_000, undefined])(
    'that did not check in since the run began is silent: %s',
    (lastSyncAt) => {
      expect(verdict(lastSyncAt)).toEqual({ outcome: 'silent', lastSyncAt, ownership: 'personal' });
    },
  );

  it('that is not listed any more is gone', () => {
    expect(verdictOf({ acceptedAt }, undefined, began)).toEqual({ outcome: 'gone' });
  });
});

describe('a device with its verdict', () => {
  const device = { id: aDeviceId(), outcome: 'silent', acceptedAt, isByItself: false } as const;

  it('has the time of its check-in', () => {
    expect(withVerdict(device, verdict(acceptedAt + 1_000))).toEqual({
      ...device,
      outcome: 'checkedIn',
      checkedInAt: acceptedAt + 1_000,
    });
  });

  it('has nothing but its outcome otherwise', () => {
    expect(withVerdict(device, { outcome: 'gone' })).toEqual({ ...device, outcome: 'gone' });
  });
});
