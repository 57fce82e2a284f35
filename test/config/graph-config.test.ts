import { describe, expect, it } from 'vitest';
import { problemOf, read, storage } from './support/read-settings.ts';

describe('Microsoft Graph', () => {
  it.each([
    ['public', 'https://graph.microsoft.com'],
    ['usGov', 'https://graph.microsoft.us'],
    ['usGovDoD', 'https://dod-graph.microsoft.us'],
    ['china', 'https://microsoftgraph.chinacloudapi.cn'],
  ])('in the cloud %s is at %s', (cloud, address) => {
    expect(read({ GRAPH_CLOUD: cloud }).graph).toMatchObject({
      endpoint: address,
      resource: address,
    });
  });

  it('takes bulk calls in the public cloud only', () => {
    const offered = ['public', 'usGov', 'usGovDoD', 'china'].map(
      (cloud) => read({ GRAPH_CLOUD: cloud }).graph.isBetaOffered,
    );
    expect(offered).toEqual([true, false, false, false]);
    expect(read({ SYNC_SEND_MODE: 'bulk' })).toMatchObject({
      sync: { mode: 'bulk' },
      scheduledRun: { mode: 'bulk' },
    });
    expect(problemOf({ ...storage, GRAPH_CLOUD: 'china', SYNC_SEND_MODE: 'bulk' })).toBe(
      "SYNC_SEND_MODE must be perDevice in the cloud china: bulk needs Graph's beta version, which " +
        'is offered in public only.',
    );
    expect(problemOf({ ...storage, SYNC_SEND_MODE: 'fast' })).toBe(
      'SYNC_SEND_MODE must be perDevice or bulk, for example perDevice. It is "fast".',
    );
  });

  it.each(['germany', 'Public', 'constructor'])('is in no cloud %j', (cloud) => {
    expect(problemOf({ ...storage, GRAPH_CLOUD: cloud })).toBe(
      `GRAPH_CLOUD must be public, usGov, usGovDoD or china. It is "${cloud}".`,
    );
  });

  it.each([
    ['https://127.0.0.1:8443', 'https://127.0.0.1:8443'],
    ['https://localhost:8443/', 'https://localhost:8443'],
    ['https://127.1.2.3', 'https://127.1.2.3'],
    ['https://[::1]:8443', 'https://[::1]:8443'],
  ])('may be at %s, for development', (given, endpoint) => {
    const resource = 'https://graph.microsoft.com';
    expect(read({ GRAPH_ENDPOINT: given }).graph).toMatchObject({ endpoint, resource });
  });

  it.each([
    'http://127.0.0.1:8443',
    'https://graph.microsoft.com',
    'https://10.0.0.1',
    'https://localhost.example.com',
    'https://127.evil.example',
    'https://127.0.0.1.evil.example:8443',
    'https://0.0.0.0',
    'https://user@example.com/127.0.0.1',
    'ftp://127.0.0.1',
    '127.0.0.1:8443',
    'https://',
    'nonsense',
  ])('is never at %s, where the token would go too', (endpoint) => {
    expect(problemOf({ ...storage, GRAPH_ENDPOINT: endpoint })).toBe(
      'GRAPH_ENDPOINT must be https on a loopback address, for example https://127.0.0.1:8443; ' +
        `leave it unset in Azure. It is "${endpoint}".`,
    );
  });
});
