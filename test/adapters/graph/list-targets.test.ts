import { describe, expect, it } from 'vitest';
import { GraphDeviceDirectory } from '../../../src/adapters/graph/graph-device-directory.ts';
import type { TargetList } from '../../../src/core/actions/action.ts';
import { missingPermission } from '../../../src/core/problems.ts';
import { collect } from '../../support/collect.ts';
import { startOfTest } from '../../support/factories.ts';
import { type Turn, aGraph } from './support/a-graph.ts';

const bells: TargetList = {
  url: '/bells',
  roles: ['Bells.Read', 'Bells.ReadWrite'],
  platform: 'bell',
  nameProperty: 'tower',
  lastSyncProperty: 'rangAt',
  whenEmpty: { code: 'noBells', title: 'No bells', detail: 'There is none.' },
};
const policy = { maxRetries: 0, initialDelayMs: 1, maxDelayMs: 1 };

/** The bells that are listed from these answers, and what was asked. */
async function listed(...turns: Turn[]) {
  const graph = await aGraph(...turns);
  const directory = new GraphDeviceDirectory({ ...graph, random: () => 1, policy });
  const list = async () => (await collect(directory.listTargets(bells))).flat();
  return { list, requests: graph.requests };
}

describe('a list of targets', () => {
  it('is asked for what is reported, in v1.0, and followed to its end', async () => {
    const rangAt = new Date(startOfTest).toISOString();
    const { list, requests } = await listed(
      (endpoint) => ({
        body: {
          '@odata.nextLink': `${endpoint}/v1.0/bells?$skiptoken=1`,
          value: [{ id: 'A1', tower: 'North', rangAt, weight: 5 }],
        },
      }),
      { body: { value: [{ id: 'b2', tower: null, rangAt: '0001-01-01T00:00:00Z' }] } },
    );

    expect(await list()).toEqual([
      { id: 'a1', name: 'North', platform: 'bell', lastSyncAt: startOfTest },
      { id: 'b2', name: '', platform: 'bell', lastSyncAt: undefined },
    ]);
    expect(requests.map(({ url }) => url)).toEqual([
      '/v1.0/bells?$select=id,tower,rangAt',
      '/v1.0/bells?$skiptoken=1',
    ]);
  });

  it('that Graph refuses names the least role that gives it', async () => {
    const { list } = await listed({ status: 403, body: { error: { code: 'Forbidden' } } });

    await expect(list()).rejects.toMatchObject({ problem: missingPermission(['Bells.Read']) });
  });

  it.each([{ value: [{ tower: 'North' }] }, { value: [{ id: '' }] }, {}])(
    'is none with a page like %j: an entry without an id cannot be sent to',
    async (body) => {
      const { list } = await listed({ body });

      await expect(list()).rejects.toMatchObject({ problem: { code: 'listingFailed' } });
    },
  );
});
