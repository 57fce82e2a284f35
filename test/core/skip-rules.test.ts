import { describe, expect, it } from 'vitest';
import type { ListedDevice } from '../../src/core/device.ts';
import { skipReasonOf } from '../../src/core/skip-rules.ts';
import { absent, conformance } from '../support/conformance.ts';
import { aDevice } from '../support/factories.ts';

const leavingStates = [
  'retirePending',
  'retireIssued',
  'wipePending',
  'wipeIssued',
  'deletePending',
];
const agentsWithoutPush = ['eas', 'jamf', 'msSense', 'configurationManagerClient'];

describe('skipReasonOf', () => {
  it.each<[string, Partial<ListedDevice>]>([
    ['a managed Windows device', {}],
    ['a co-managed device', { managementAgent: 'configurationManagerClientMdm' }],
    ['an agent nobody has heard of', { managementAgent: 'newAgent' }],
    ['an agent that was not reported', { managementAgent: '' }],
    ['a retire that failed', { managementState: 'retireFailed' }],
    ['a wipe that was cancelled', { managementState: 'wipeCanceled' }],
    ['a state nobody has heard of', { managementState: 'unknownFutureValue' }],
    ['a device that never checked in', { lastSyncAt: undefined }],
  ])('lets %s through', (_, overrides) => {
    expect(skipReasonOf(aDevice(overrides))).toBeUndefined();
  });

  it.each(leavingStates)('leaves out a device in the state %s', (managementState) => {
    expect(skipReasonOf(aDevice({ managementState }))).toBe('leaving');
  });

  it.each(agentsWithoutPush)('leaves out a device of the agent %s', (managementAgent) => {
    expect(skipReasonOf(aDevice({ managementAgent }))).toBe('unsupportedAgent');
  });

  it.each(['Linux', 'Chrome OS', 'WindowsMobile', ''])(
    'leaves out a device with the system %j',
    (operatingSystem) => {
      expect(skipReasonOf(aDevice({ operatingSystem }))).toBe('unsupportedPlatform');
    },
  );

  it('names the first rule that applies: leaving, then platform, then agent', () => {
    const linux = { operatingSystem: 'Linux', managementAgent: 'jamf' };
    expect(skipReasonOf(aDevice({ ...linux, managementState: 'wipeIssued' }))).toBe('leaving');
    expect(skipReasonOf(aDevice(linux))).toBe('unsupportedPlatform');
  });

  it('knows only states and agents that Microsoft Graph has', ({ skip }) => {
    const file = conformance('graph/enums-2026-08.json') ?? skip(absent);
    const { enums } = file as { enums: Record<string, { 'v1.0': string[] }> };
    expect(enums['managementState']?.['v1.0']).toEqual(expect.arrayContaining(leavingStates));
    expect(enums['managementAgentType']?.['v1.0']).toEqual(
      expect.arrayContaining(agentsWithoutPush),
    );
  });
});
