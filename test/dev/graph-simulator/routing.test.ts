import { describe, expect, it } from 'vitest';
import { aGraph } from './support/a-graph.ts';
import { devicesPath, errorOf } from './support/graph-calls.ts';

const id = '12345678-1234-4123-8123-123456789abc';

describe('an address that Graph does not have', () => {
  it.each([
    ['GET', '/v1.0/deviceManagement/shoes', 'shoes'],
    ['GET', '/v1.0/shoes', 'shoes'],
    ['GET', `${devicesPath}/not-a-guid`, 'not-a-guid'],
    ['POST', `${devicesPath}/executeAction`, 'executeAction'],
    ['GET', '/v1.0/deviceManagement/comanagedDevices', 'comanagedDevices'],
    [
      'POST',
      `${devicesPath}/${id}/triggerConfigurationManagerAction`,
      'triggerConfigurationManagerAction',
    ],
    ['GET', `/v1.0/v1.0/deviceManagement/managedDevices`, 'v1.0'],
  ])('%s %s names the segment that was not found', async (method, path, segment) => {
    const graph = await aGraph();
    expect(errorOf(await graph.call(path, { method }))).toMatchObject({
      status: 400,
      code: 'BadRequest',
      message: `Resource not found for the segment '${segment}'.`,
    });
  });

  it('without a version is 404 and says so', async () => {
    const graph = await aGraph();
    const path = '/deviceManagement/managedDevices';
    expect(errorOf(await graph.call(path))).toMatchObject({
      status: 404,
      code: 'ResourceNotFound',
      message: 'Invalid version: deviceManagement',
    });
  });

  it.each(['DELETE', 'PATCH', 'PUT', 'POST'])('%s on a device is 405', async (method) => {
    const graph = await aGraph();
    expect((await graph.call(`${devicesPath}/${id}`, { method })).status).toBe(405);
  });

  it('with a malformed escape, or a body that is not JSON, is 400', async () => {
    const graph = await aGraph();
    expect((await graph.call('/v1.0/%E0%A4%A')).status).toBe(400);
    const post = { method: 'POST', body: '{"requests":' };
    expect(errorOf(await graph.call('/v1.0/$batch', post)).message).toContain(
      'Unable to read JSON',
    );
  });

  it('with a body above 4 MB is 400', async () => {
    const graph = await aGraph();
    const post = { method: 'POST', body: 'x'.repeat(4 * 1024 * 1024 + 1) };
    expect(errorOf(await graph.call('/v1.0/$batch', post)).message).toContain('larger than 4 MB');
  });
});
