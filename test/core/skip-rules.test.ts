import { describe, expect, it } from 'vitest';
import type { ListedDevice } from '../../src/core/device.ts';
import { type SkipOptions, skipReasonOf } from '../../src/core/skip-rules.ts';
import { absent, conformance } from '../support/conformance.ts';
import { aDevice, startOfTest as now, syncCommand } from '../support/factories.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const leavingStates = [
  'retirePending',
  'retireIssued',
  'wipePending',
  'wipeIssued',
  'deletePending',
];
const agentsWithoutPush = ['eas', 'jamf', 'msSense', 'configurationManagerClient'];

/** Why a device with these properties is left out by a run with these options. */
function reasonOf(
  overrides: Partial<ListedDevice>,
  { skip = {}, isExcluded = false }: { skip?: SkipOptions; isExcluded?: boolean } = {},
) {
  const { unsupported } = syncCommand;
  return skipReasonOf(aDevice(overrides), { skip, isExcluded, unsupported, now });
}

describe('without options', () => {
  it.each<[string, Partial<ListedDevice>]>([
    ['a managed Windows device', {}],
    ['a co-managed device', { managementAgent: 'configurationManagerClientMdm' }],
    ['an agent nobody has heard of', { managementAgent: 'newAgent' }],
    ['an agent that was not reported', { managementAgent: '' }],
    ['a retire that failed', { managementState: 'retireFailed' }],
    ['a wipe that was cancelled', { managementState: 'wipeCanceled' }],
    ['a state nobody has heard of', { managementState: 'unknownFutureValue' }],
    ['a registration that was not reported', { registrationState: '' }],
    ['a device that is not registered in Entra', { registrationState: 'notRegistered' }],
    ['a device that never checked in', { lastSyncAt: undefined }],
    ['a device that checks in right now', { lastSyncAt: now }],
    ['a device that was enrolled right now', { enrolledAt: now }],
    ['a device that was silent for years', { lastSyncAt: now - 3_650 * DAY_MS }],
  ])('%s is let through', (_, overrides) => {
    expect(reasonOf(overrides)).toBeUndefined();
  });

  it.each(leavingStates)('a device in the state %s is left out', (managementState) => {
    expect(reasonOf({ managementState })).toBe('leaving');
  });

  it.each(agentsWithoutPush)('a device of the agent %s is left out', (managementAgent) => {
    expect(reasonOf({ managementAgent })).toBe('unsupportedAgent');
  });

  it.each(['Linux', 'Chrome OS', 'WindowsMobile', ''])(
    'a device with the system %j is left out',
    (operatingSystem) => {
      expect(reasonOf({ operatingSystem })).toBe('unsupportedPlatform');
    },
  );

  it('a device whose enrolment is not complete is left out', () => {
    const registrationState = 'notRegisteredPendingEnrollment';
    expect(reasonOf({ registrationState })).toBe('enrollmentIncomplete');
  });

  it('a device that the scope excludes is left out', () => {
    expect(reasonOf({}, { isExcluded: true })).toBe('excluded');
  });
});

describe('syncedWithinMinutes', () => {
  it.each([
    [0, 'syncedRecently'],
    [15 * MINUTE_MS - 1, 'syncedRecently'],
    [15 * MINUTE_MS, undefined],
    // The clocks of Intune and of the app are not one.
    [-MINUTE_MS, 'syncedRecently'],
  ])('of 15, for a check-in %i ms ago: %s', (ago, reason) => {
    const skip = { syncedWithinMinutes: 15 };
    expect(reasonOf({ lastSyncAt: now - ago }, { skip })).toBe(reason);
  });

  it('lets a device through that never checked in', () => {
    const skip = { syncedWithinMinutes: 525_600 };
    expect(reasonOf({ lastSyncAt: undefined }, { skip })).toBeUndefined();
  });

  it('of 0 is switched off', () => {
    const skip = { syncedWithinMinutes: 0 };
    expect(reasonOf({ lastSyncAt: now }, { skip })).toBeUndefined();
    // Graph's clock may be ahead of ours.
    expect(reasonOf({ lastSyncAt: now + MINUTE_MS }, { skip })).toBeUndefined();
  });
});

describe('enrolledWithinHours', () => {
  it.each([
    [0, 'justEnrolled'],
    [2 * HOUR_MS - 1, 'justEnrolled'],
    [2 * HOUR_MS, undefined],
  ])('of 2, for an enrolment %i ms ago: %s', (ago, reason) => {
    const skip = { enrolledWithinHours: 2 };
    expect(reasonOf({ enrolledAt: now - ago }, { skip })).toBe(reason);
  });

  it('lets a device through whose enrolment is unknown', () => {
    const skip = { enrolledWithinHours: 8_760 };
    expect(reasonOf({ enrolledAt: undefined }, { skip })).toBeUndefined();
  });

  it('of 0 is switched off', () => {
    const skip = { enrolledWithinHours: 0 };
    expect(reasonOf({ enrolledAt: now }, { skip })).toBeUndefined();
    expect(reasonOf({ enrolledAt: now + MINUTE_MS }, { skip })).toBeUndefined();
  });
});

describe('staleDays', () => {
  it.each([
    [30 * DAY_MS + 1, 'stale'],
    [30 * DAY_MS, undefined],
    [0, undefined],
  ])('of 30, for a check-in %i ms ago: %s', (ago, reason) => {
    expect(reasonOf({ lastSyncAt: now - ago }, { skip: { staleDays: 30 } })).toBe(reason);
  });

  it('leaves out a device that never checked in', () => {
    expect(reasonOf({ lastSyncAt: undefined }, { skip: { staleDays: 3_650 } })).toBe('stale');
  });
});

describe('the first rule that applies names the reason', () => {
  it('what cannot be synced comes before what is not wanted, and that before the options', () => {
    const skip = { enrolledWithinHours: 2, syncedWithinMinutes: 15, staleDays: 0 };
    const options = { skip, isExcluded: true };
    const device = {
      managementState: 'wipeIssued',
      operatingSystem: 'Linux',
      managementAgent: 'jamf',
      registrationState: 'notRegisteredPendingEnrollment',
      enrolledAt: now,
      lastSyncAt: now - 1,
    };
    // One cause after the other is taken away, and the next one is named.
    const causes: [Partial<ListedDevice>, typeof options | { skip: SkipOptions }, string][] = [
      [{}, options, 'leaving'],
      [{ managementState: 'managed' }, options, 'unsupportedPlatform'],
      [{ operatingSystem: 'Windows' }, options, 'unsupportedAgent'],
      [{ managementAgent: 'mdm' }, options, 'enrollmentIncomplete'],
      [{ registrationState: 'registered' }, options, 'excluded'],
      [{}, { skip }, 'justEnrolled'],
      [{ enrolledAt: undefined }, { skip }, 'syncedRecently'],
      [{}, { skip: { staleDays: 0 } }, 'stale'],
    ];
    let left = device as Partial<ListedDevice>;
    for (const [change, given, reason] of causes) {
      left = { ...left, ...change };
      expect(reasonOf(left, given)).toBe(reason);
    }
  });
});

it('the rules know only states and agents that Microsoft Graph has', ({ skip }) => {
  const file = conformance('graph/enums-2026-08.json') ?? skip(absent);
  const { enums } = file as { enums: Record<string, { 'v1.0': string[] }> };
  expect(enums['managementState']?.['v1.0']).toEqual(expect.arrayContaining(leavingStates));
  expect(enums['managementAgentType']?.['v1.0']).toEqual(expect.arrayContaining(agentsWithoutPush));
});
