import { Client } from '@microsoft/microsoft-graph-client';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { callPatiently, listPages, prepare } from '../../../src/adapters/graph/list-pages.ts';
import { listingFailed, missingPermission } from '../../../src/core/problems.ts';
import { ListingError } from '../../../src/use-cases/ports.ts';
import { collect } from '../../support/collect.ts';
import { type TestGraph, type Turn, aGraph } from './support/a-graph.ts';

const role = 'Some.Read.All';
const item = z.object({ id: z.string() });
const policy = { maxRetries: 1, initialDelayMs: 1_000, maxDelayMs: 1_000 };
const optionsOf = (graph: TestGraph) => ({ ...graph, random: () => 1, policy, role });

/** A page of items, with a link to the next one unless it is the last. */
function page(ids: readonly string[], next?: string): Turn {
  return (endpoint) => ({
    body: {
      value: ids.map((id) => ({ id, more: true })),
      ...(next === undefined ? {} : { '@odata.nextLink': `${endpoint}${next}` }),
    },
  });
}

const list = (graph: TestGraph, headers?: Record<string, string>) =>
  collect(listPages(optionsOf(graph), '/things?$top=2', item, headers));

describe('a list of anything', () => {
  it('is read to its end, and of each item what was asked for', async () => {
    const graph = await aGraph(page(['a', 'b'], '/v1.0/things?$skiptoken=x'), page(['c']));
    expect(await list(graph)).toEqual([[{ id: 'a' }, { id: 'b' }], [{ id: 'c' }]]);
    expect(graph.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /v1.0/things?$top=2',
      'GET /v1.0/things?$skiptoken=x',
    ]);
  });

  it('sends its headers with every page and every attempt, since a link does not carry them', async () => {
    const graph = await aGraph(page(['a'], '/v1.0/2'), { status: 503 }, page(['b'], '/v1.0/3'), {
      body: { value: [] },
    });
    await list(graph, { ConsistencyLevel: 'eventual' });
    expect(graph.requests.map(({ headers }) => headers['consistencylevel'])).toEqual([
      'eventual',
      'eventual',
      'eventual',
      'eventual',
    ]);
  });

  it('names the role of its own when it lacks one', async () => {
    const graph = await aGraph({ status: 403, body: { error: { code: 'Forbidden' } } });
    await expect(list(graph)).rejects.toMatchObject({ problem: missingPermission([role]) });
  });

  it('fails for an item that cannot be read: none is dropped without a word', async () => {
    const graph = await aGraph({ body: { value: [{ id: 'a' }, { id: 5 }] } });
    await expect(list(graph)).rejects.toThrow(ListingError);
    expect(graph.requests).toHaveLength(2);
  });

  it('that leads back to itself is not followed for ever', { timeout: 120_000 }, async () => {
    const next = 'https://graph.example/v1.0/things';
    const options = { ...optionsOf(await aGraph({})), endpoint: next, client: answering(next) };
    let pages = 0;
    const followed = (async () => {
      for await (const _page of listPages(options, '/things', item)) pages++;
    })();
    const problem = listingFailed('The list has more than 10000 pages.');
    await expect(followed).rejects.toMatchObject({ problem });
    expect(pages).toBe(10_000);
  });
});

/** A client whose every call is answered, in this process, by a page that leads to `next`. */
function answering(next: string): Client {
  return Client.initWithMiddleware({
    middleware: {
      execute(context) {
        context.response = Response.json({ value: [], '@odata.nextLink': next });
        return Promise.resolve();
      },
    },
  });
}

describe('a call', () => {
  it('gives a sign of life before each wait, and then what was read', async () => {
    const graph = await aGraph({ status: 503 }, { body: { id: 'a' } });
    const call = { url: '/thing', version: 'v1.0', timeoutMs: 5_000 };
    const steps = callPatiently(optionsOf(graph), call, (json) => item.safeParse(json).data);
    expect(await steps.next()).toEqual({ done: false, value: [] });
    expect(graph.sleeps).toEqual([]);
    expect(await steps.next()).toEqual({ done: true, value: { id: 'a' } });
    expect(graph.sleeps).toEqual([1_000]);
  });

  it('that is not answered in time is made again, and says so when its retries are over', async () => {
    const graph = await aGraph('silence');
    const call = { url: '/thing', version: 'v1.0', timeoutMs: 50 };
    const steps = callPatiently(optionsOf(graph), call, (json) => item.safeParse(json).data);
    expect(await steps.next()).toEqual({ done: false, value: [] });
    const why = 'A page of the list still failed after its retries: no answer (timeout).';
    await expect(steps.next()).rejects.toMatchObject({ problem: listingFailed(why) });
    expect(graph.sleeps).toEqual([1_000]);
  });
});

describe('before the next attempt', () => {
  it('the token is renewed, or the wait is sat out', async () => {
    const graph = await aGraph({});
    await prepare(optionsOf(graph), { kind: 'renew' });
    expect(await graph.token.getAccessToken()).toBe('token-1');
    await prepare(optionsOf(graph), { kind: 'wait', waitMs: 5 });
    expect(graph.sleeps).toEqual([5]);
  });

  it('a token that cannot be renewed is left to the answer that it will get', async () => {
    const graph = await aGraph({});
    const token = { renew: () => Promise.reject(new Error('no identity')) };
    await expect(
      prepare({ ...optionsOf(graph), token }, { kind: 'renew' }),
    ).resolves.toBeUndefined();
  });
});
