import { describe, expect, it } from 'vitest';
import { aGraph } from './support/a-graph.ts';
import { startOfTime } from './support/a-clock.ts';
import { actionRole, aToken, readRole } from './support/a-token.ts';
import { aReadyFleet } from './support/fleets.ts';
import { devicesPath, errorOf, listIds, syncDevice } from './support/graph-calls.ts';

const notAToken = [
  ['is missing', undefined, 'Access token is empty.'],
  ['is not a JWT', 'abc', 'IDX14100: JWT is not well formed.'],
  ['holds no JSON', 'a.b.c', 'IDX14100: JWT is not well formed.'],
  ['has no expiry', aToken({ exp: undefined }), 'IDX14100: JWT is not well formed.'],
  [
    'is for another audience',
    aToken({ aud: 'https://example.com' }),
    'Access token validation failure. Invalid audience.',
  ],
  [
    'has expired',
    aToken({ exp: startOfTime / 1000 }),
    'Lifetime validation failed, the token is expired.',
  ],
  [
    'is not valid yet',
    aToken({ nbf: startOfTime / 1000 + 60 }),
    'Lifetime validation failed, the token is expired.',
  ],
] as const;

describe('access', () => {
  it.each(notAToken)('with a token that %s is 401', async (_, token, message) => {
    const graph = await aGraph();
    const answer = await graph.call(devicesPath, { token });
    expect(errorOf(answer)).toMatchObject({
      status: 401,
      code: 'InvalidAuthenticationToken',
      message,
    });
    expect(answer.headers['www-authenticate']).toContain('Bearer');
    expect(graph.simulator.statistics()).toMatchObject({ unauthorized: 1, listRequests: 0 });
  });

  it.each([
    readRole,
    'DeviceManagementManagedDevices.ReadWrite.All',
    'DeviceManagementConfiguration.Read.All',
    'DeviceManagementConfiguration.ReadWrite.All',
  ])('to the list is given by %s', async (role) => {
    const graph = await aGraph();
    expect((await graph.call(devicesPath, { token: aToken({ roles: [role] }) })).status).toBe(200);
  });

  it('to the list is refused without a reading role, naming those that would do', async () => {
    const graph = await aGraph();
    const error = errorOf(
      await graph.call(devicesPath, { token: aToken({ roles: [actionRole] }) }),
    );
    expect(error).toMatchObject({ status: 403, code: 'Forbidden' });
    expect(error.message).toContain(`one of the following scopes: ${readRole}, `);
  });

  it('to syncDevice is given by the privileged role alone', async () => {
    const graph = await aGraph({ fleet: aReadyFleet(1) });
    const [id = ''] = await listIds(graph);
    const roles = [readRole, 'DeviceManagementManagedDevices.ReadWrite.All'];
    const error = errorOf(await syncDevice(graph, id, aToken({ roles })));
    expect(error).toMatchObject({ status: 403, code: 'Forbidden' });
    expect(/one of the following scopes: (.+?) - Operation ID/.exec(error.message)?.[1]).toBe(
      actionRole,
    );
    expect((await syncDevice(graph, id, aToken({ roles: [actionRole] }))).status).toBe(204);
  });

  it('repeats the client-request-id, and gives every request an id', async () => {
    const graph = await aGraph();
    const headers = { 'client-request-id': 'my-id' };
    const [first, second] = [
      await graph.call(devicesPath, { headers }),
      await graph.call(devicesPath, { headers }),
    ];
    expect(first.headers['client-request-id']).toBe('my-id');
    expect(first.headers['request-id']).not.toBe(second.headers['request-id']);
  });
});
