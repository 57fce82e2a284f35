import { describe, expect, it } from 'vitest';
import { configurationManagerAction } from '../../../src/core/actions/configuration-manager-action.ts';
import { aDevice, aDeviceId } from '../../support/factories.ts';

const [first, second] = [aDeviceId(1), aDeviceId(2)];

function commandFor(choice: string | Record<string, readonly string[]>) {
  return configurationManagerAction.command({ configurationManagerAction: choice });
}

describe('the configurationManagerAction action', () => {
  it('sends what was chosen for all to each device', () => {
    expect(commandFor('appEvaluation').request(first)).toEqual({
      method: 'POST',
      url: `/deviceManagement/managedDevices/${first}/triggerConfigurationManagerAction`,
      body: { configurationManagerAction: { action: 'appEvaluation' } },
    });
  });

  it('sends to each device what was chosen for it', () => {
    const { request } = commandFor({ quickScan: [first], wakeUpClient: [second] });
    expect([first, second].map((id) => request(id).body)).toEqual([
      { configurationManagerAction: { action: 'quickScan' } },
      { configurationManagerAction: { action: 'wakeUpClient' } },
    ]);
  });

  it('needs a choice, and has no other than those that Configuration Manager knows', () => {
    expect(() => configurationManagerAction.command({})).toThrow('none of refreshMachinePolicy');
    expect(() => commandFor('wipe')).toThrow('none of refreshMachinePolicy');
  });

  it('cannot be sent in bulk, and needs beta', () => {
    const { bulk, version } = commandFor('quickScan');
    expect({ bulk, version }).toEqual({ bulk: undefined, version: 'beta' });
  });

  it.each([
    [{ managementAgent: 'configurationManagerClient' }, undefined],
    [{ managementAgent: 'configurationManagerClientMdm' }, undefined],
    [{ managementAgent: 'configurationManagerClientMdmEas' }, undefined],
    [{ managementAgent: 'mdm' }, 'noConfigurationManagerClient'],
    [{ managementAgent: '' }, 'noConfigurationManagerClient'],
    [
      { operatingSystem: 'macOS', managementAgent: 'configurationManagerClient' },
      'unsupportedPlatform',
    ],
    [{ operatingSystem: 'Linux' }, 'unsupportedPlatform'],
  ])('to %j cannot be sent because of %s', (overrides, reason) => {
    expect(commandFor('quickScan').unsupported(aDevice(overrides))).toBe(reason);
  });
});
