import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { closeServer, listenOnLoopback } from '../../../dev/loopback-server.ts';
import { graphClient } from '../../../src/adapters/graph/graph-client.ts';
import { callGraph } from '../../../src/adapters/graph/graph-reply.ts';
import { aGraph } from './support/a-graph.ts';

const call = { url: '/deviceManagement/managedDevices', version: 'v1.0', timeoutMs: 10_000 };

/** What a call gives that no server answered. */
const noAnswer = (code: string) => ({ kind: 'failed', answer: { status: 0, code } });

const aToken = { getAccessToken: () => Promise.resolve('token') };

describe('callGraph', () => {
  it('gives the JSON that came back, and the id of the request', async () => {
    const { client } = await aGraph({ body: { value: [] }, headers: { 'request-id': 'r1' } });
    expect(await callGraph(client, call)).toEqual({
      kind: 'json',
      body: { value: [] },
      requestId: 'r1',
    });
  });

  it('gives an error as an answer, with its wait and the id of the request', async () => {
    const { client } = await aGraph({
      status: 503,
      headers: { 'request-id': 'r1', 'retry-after': '2.5' },
      body: { error: { code: 'ServiceUnavailable', message: 'busy' } },
    });
    expect(await callGraph(client, call)).toEqual({
      kind: 'failed',
      answer: {
        status: 503,
        code: 'ServiceUnavailable',
        message: 'busy',
        retryAfterMs: 2_500,
        requestId: 'r1',
      },
    });
  });

  it('gives up on a call that takes longer than it may', async () => {
    const { client } = await aGraph('silence');
    expect(await callGraph(client, { ...call, timeoutMs: 20 })).toEqual(noAnswer('timeout'));
  });

  it('gives up on an answer that never ends', async () => {
    const endless = { headers: { 'content-length': '1000' }, body: '{' };
    const { client } = await aGraph(endless);
    expect(await callGraph(client, { ...call, timeoutMs: 200 })).toEqual(noAnswer('timeout'));
  });

  it('names what cut the connection', async () => {
    const { client } = await aGraph('reset');
    expect(await callGraph(client, call)).toEqual(noAnswer('UND_ERR_SOCKET'));
  });

  it('names what refused the connection', async () => {
    const client = graphClient(await aClosedAddress(), aToken);
    expect(await callGraph(client, call)).toEqual(noAnswer('ECONNREFUSED'));
  });

  it.each(['CredentialUnavailableError', 'AuthenticationRequiredError'])(
    'says that there was no token when the identity fails with %s',
    async (name) => {
      const none = Object.assign(new Error('no identity'), { name });
      const { endpoint, requests } = await aGraph({ body: {} });
      const client = graphClient(endpoint, { getAccessToken: () => Promise.reject(none) });
      expect(await callGraph(client, call)).toEqual(noAnswer('noToken'));
      expect(requests).toEqual([]);
    },
  );

  it('tries once, whatever happens: retries are not its business', async () => {
    const { client, requests } = await aGraph({ status: 429, headers: { 'retry-after': '0' } });
    await callGraph(client, call);
    expect(requests.length).toBe(1);
  });

  it('sends a token to Graph only', async () => {
    const { client, requests } = await aGraph({ body: {} });
    const other = await aGraph({ body: {} });
    await callGraph(client, call);
    expect(requests[0]?.headers).toHaveProperty('authorization');
    const elsewhere = other.endpoint.replace('127.0.0.1', 'localhost');
    await callGraph(client, { ...call, url: `${elsewhere}/v1.0/deviceManagement` });
    expect(other.requests.map(({ headers }) => headers['authorization'])).toEqual([undefined]);
  });
});

/** An address where something listened until now, so that nothing answers there. */
async function aClosedAddress(): Promise<string> {
  const server = createServer();
  const port = await listenOnLoopback(server);
  await closeServer(server);
  return `https://127.0.0.1:${port}`;
}
