import { describe, expect, it } from 'vitest';
import { syncDevice } from '../../../src/core/actions/sync-device.ts';
import { aDevice, aDeviceId, syncCommand } from '../../support/factories.ts';

const comanaged = syncDevice.command({ endpoint: 'comanaged' });

describe('the syncDevice action', () => {
  it.each([
    [{}, 'v1.0', 'managedDevices'],
    [{ endpoint: 'managed' }, 'v1.0', 'managedDevices'],
    [{ endpoint: 'comanaged' }, 'beta', 'comanagedDevices'],
  ])('with %j posts an empty object to %s %s', (parameters, version, collection) => {
    const command = syncDevice.command(parameters);
    expect({ version: command.version, ...command.request(aDeviceId(1)) }).toEqual({
      version,
      method: 'POST',
      url: `/deviceManagement/${collection}/00000000-0000-4000-8000-000000000001/syncDevice`,
      body: {},
    });
  });

  it.each(['wipe', '', { managed: [aDeviceId(1)] }])(
    'has no other endpoint, whatever was stored: %j',
    (endpoint) => {
      expect(() => syncDevice.command({ endpoint })).toThrow('none of managed, comanaged');
    },
  );

  it.each(['../../users', 'a/b', 'a?b', 'a#b', 'a b'])(
    'cannot be led to another address by the id %j',
    (id) => {
      const { url } = syncCommand.request(id);
      const { pathname, search, hash } = new URL(url, 'https://graph.example');
      expect({ parts: pathname.split('/').length, search, hash }).toEqual({
        parts: 5,
        search: '',
        hash: '',
      });
    },
  );

  it('goes in bulk to managed devices only', () => {
    expect(syncCommand.bulk?.request([aDeviceId(1)]).body).toEqual({
      actionName: 'syncDevice',
      deviceIds: [aDeviceId(1)],
    });
    expect(comanaged.bulk).toBeUndefined();
  });
});

describe('syncDevice cannot be sent', () => {
  it.each([
    [{ managementAgent: 'mdm' }, undefined, 'notCoManaged'],
    [{ managementAgent: 'configurationManagerClientMdm' }, undefined, undefined],
    [{ managementAgent: 'configurationManagerClientMdmEas' }, undefined, undefined],
    [{ managementAgent: 'configurationManagerClient' }, 'unsupportedAgent', 'unsupportedAgent'],
    [{ operatingSystem: 'Linux' }, 'unsupportedPlatform', 'unsupportedPlatform'],
  ])('to %j: managed %s, comanaged %s', (overrides, managed, coManaged) => {
    expect(syncCommand.unsupported(aDevice(overrides))).toBe(managed);
    expect(comanaged.unsupported(aDevice(overrides))).toBe(coManaged);
  });
});
