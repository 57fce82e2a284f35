import { describe, expect, it } from 'vitest';
import { actions } from '../../../src/core/actions/index.ts';
import { syncDevice } from '../../../src/core/actions/sync-device.ts';
import { absent, conformance } from '../../support/conformance.ts';
import { aDeviceId } from '../../support/factories.ts';

describe('the syncDevice action', () => {
  it('is the only one that can be sent', () => {
    expect(Object.keys(actions)).toEqual(['syncDevice']);
  });

  it('posts an empty object to the device, relative to the API version', () => {
    expect(syncDevice.request(aDeviceId(1))).toEqual({
      method: 'POST',
      url: '/deviceManagement/managedDevices/00000000-0000-4000-8000-000000000001/syncDevice',
      body: {},
    });
  });

  it.each(['../../users', 'a/b', 'a?b', 'a#b', 'a b'])(
    'cannot be led to another address by the id %j',
    (id) => {
      const { url } = syncDevice.request(id);
      const { pathname, search, hash } = new URL(url, 'https://graph.example');
      expect({ parts: pathname.split('/').length, search, hash }).toEqual({
        parts: 5,
        search: '',
        hash: '',
      });
    },
  );

  it('is an action that the v1.0 description of Graph has', ({ skip }) => {
    const description = conformance('graph/openapi-v1.0-excerpt.json') ?? skip(absent);
    const { paths } = description as { paths: Record<string, Record<string, unknown>> };
    const { method, url } = syncDevice.request('{managedDevice-id}');
    expect(paths[decodeURIComponent(url)]).toHaveProperty(method.toLowerCase());
  });
});
