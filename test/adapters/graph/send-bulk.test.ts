import { describe, expect, it } from 'vitest';
import { GraphCommandSender } from '../../../src/adapters/graph/graph-command-sender.ts';
import type { Answer } from '../../../src/core/answer.ts';
import { aDeviceId, syncCommand } from '../../support/factories.ts';
import { type TestGraph, type Turn, aGraph } from './support/a-graph.ts';

const ids = [aDeviceId(1), aDeviceId(2)];

function sendBulk({ client, token }: TestGraph) {
  if (syncCommand.bulk === undefined) throw new Error('sync has no bulk command');
  return new GraphCommandSender(client, token).sendBulk(syncCommand.bulk, ids);
}

const done = { body: { successfulDeviceIds: ids } };
const expired = { status: 401, body: { error: { code: 'InvalidAuthenticationToken' } } };

describe('a bulk call', () => {
  it('names the one action and the devices, and nothing else', async () => {
    const graph = await aGraph(done);
    expect(await sendBulk(graph)).toEqual({
      kind: 'results',
      answers: [{ status: 204 }, { status: 204 }],
    });
    const [{ method, url, body } = { method: '', url: '', body: '' }] = graph.requests;
    expect([method, url]).toEqual(['POST', '/beta/deviceManagement/managedDevices/executeAction']);
    expect(JSON.parse(body)).toEqual({ actionName: 'syncDevice', deviceIds: ids });
  });

  it.each<[string, Turn, Answer]>([
    [
      'is throttled',
      {
        status: 429,
        headers: { 'Retry-After': '9' },
        body: { error: { code: 'TooManyRequests' } },
      },
      { status: 429, code: 'TooManyRequests', retryAfterMs: 9_000 },
    ],
    ['is not known any more', { status: 404 }, { status: 404 }],
    [
      'is refused',
      { status: 403, body: { error: { code: 'Forbidden' } } },
      { status: 403, code: 'Forbidden' },
    ],
    ['is answered with HTML', { body: '<html></html>' }, { status: 0, code: 'unreadableAnswer' }],
  ])('that %s says so as a whole', async (_, turn, answer) => {
    expect(await sendBulk(await aGraph(turn))).toEqual({ kind: 'failed', answer });
  });

  it('is made again with a renewed token when the old one is refused', async () => {
    const graph = await aGraph(expired, done);
    expect(await sendBulk(graph)).toMatchObject({ kind: 'results' });
    expect(graph.requests.map(({ headers }) => headers['authorization'])).toEqual([
      'Bearer token-0',
      'Bearer token-1',
    ]);
  });

  it('stays refused when there is no other token', async () => {
    const graph = await aGraph(expired, done);
    graph.token.renew = () => Promise.reject(new Error('no identity'));
    expect(await sendBulk(graph)).toMatchObject({ kind: 'failed', answer: { status: 401 } });
    expect(graph.requests).toHaveLength(1);
  });
});
