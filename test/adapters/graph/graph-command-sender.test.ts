import { afterEach, describe, expect, it, vi } from 'vitest';
import { GraphCommandSender } from '../../../src/adapters/graph/graph-command-sender.ts';
import { type Answer, classifyAnswer } from '../../../src/core/answer.ts';
import { approvalRequired } from '../../../src/core/problems.ts';
import { aDeviceId, startOfTest, syncCommand } from '../../support/factories.ts';
import { type TestGraph, type Turn, aGraph } from './support/a-graph.ts';

const ids = (count: number) => Array.from({ length: count }, (_, place) => aDeviceId(place + 1));

const send = ({ client, token }: TestGraph, count = 3): Promise<Answer[]> =>
  new GraphCommandSender(client, token).send(syncCommand, ids(count));

/** The batch answer with these items. */
const items = (...responses: object[]): Turn => ({ body: { responses } });
const accepted = (id: number) => ({ id: String(id), status: 204, headers: {}, body: null });
const error = (code: string, message = '') => ({ error: { code, message } });

afterEach(() => vi.useRealTimers());

describe('a chunk of commands', () => {
  it('goes out as one JSON batch, each command to its device', async () => {
    const graph = await aGraph(items(accepted(1), accepted(2)));
    expect(await send(graph, 2)).toEqual([{ status: 204 }, { status: 204 }]);
    expect(graph.requests.map(({ method, url }) => [method, url])).toEqual([
      ['POST', '/v1.0/$batch'],
    ]);
    const [request = { headers: {}, body: '' }] = graph.requests;
    expect(request.headers).toMatchObject({ 'content-type': 'application/json' });
    expect(JSON.parse(request.body)).toEqual({
      requests: [1, 2].map((id) => ({
        id: String(id),
        method: 'POST',
        url: `/deviceManagement/managedDevices/${aDeviceId(id)}/syncDevice`,
        headers: { 'Content-Type': 'application/json' },
        body: {},
      })),
    });
  });

  it('is answered in its own order, whatever the order of the answers', async () => {
    const shuffled = [3, 1, 2].map((id) => ({ ...accepted(id), status: 200 + id }));
    const answers = await send(await aGraph(items(...shuffled)));
    expect(answers.map(({ status }) => status)).toEqual([201, 202, 203]);
  });

  it('has a missing answer for a device that was left out', async () => {
    expect(await send(await aGraph(items(accepted(3), accepted(1))))).toEqual([
      { status: 204 },
      { status: 0, code: 'missingAnswer' },
      { status: 204 },
    ]);
  });

  it('has every device’s error, with what Graph says to support', async () => {
    const answers = await send(
      await aGraph(
        items(
          { id: '1', status: 404, headers: { 'request-id': 'r1' }, body: error('NotFound', 'x') },
          { id: '2', status: 400, headers: { 'Request-Id': 'r2' }, body: error('BadRequest') },
          { id: '3', status: 500, headers: null, body: '<html>' },
        ),
      ),
    );
    expect(answers).toEqual([
      { status: 404, code: 'NotFound', message: 'x', requestId: 'r1' },
      { status: 400, code: 'BadRequest', requestId: 'r2' },
      { status: 500 },
    ]);
  });

  it.each([
    [{ 'Retry-After': '12' }, 12_000],
    [{ 'retry-after': '2.128' }, 2_128],
    [{ 'RETRY-AFTER': new Date(startOfTest + 30_000).toUTCString() }, 30_000],
    [{ 'Retry-After': '-1' }, undefined],
    [{}, undefined],
  ])('has the wait of a throttled device: %j', async (headers, retryAfterMs) => {
    vi.useFakeTimers({ toFake: ['Date'], now: startOfTest });
    const throttled = { id: '2', status: 429, headers, body: error('TooManyRequests') };
    const answers = await send(await aGraph(items(accepted(1), throttled, accepted(3))));
    const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
    expect(answers[1]).toEqual({ status: 429, code: 'TooManyRequests', ...wait });
  });
});

describe('a batch that fails as a whole', () => {
  const throttled = {
    status: 429,
    headers: { 'Retry-After': '9' },
    body: error('TooManyRequests'),
  };

  it.each<[string, Turn, Answer]>([
    ['429', throttled, { status: 429, code: 'TooManyRequests', retryAfterMs: 9_000 }],
    ['500', { status: 500, body: error('InternalError') }, { status: 500, code: 'InternalError' }],
    ['502 in HTML', { status: 502, body: '<html></html>' }, { status: 502 }],
    ['503', { status: 503, headers: { 'request-id': 'r1' } }, { status: 503, requestId: 'r1' }],
    ['403', { status: 403, body: error('Forbidden') }, { status: 403, code: 'Forbidden' }],
    ['HTML', { body: '<html></html>' }, { status: 0, code: 'unreadableAnswer' }],
    ['half a JSON', { body: '{"responses": [' }, { status: 0, code: 'unreadableAnswer' }],
    ['JSON of another shape', { body: { value: [] } }, { status: 0, code: 'unreadableAnswer' }],
    ['400', { status: 400, body: error('BadRequest') }, { status: 0, code: 'batch400' }],
    ['413', { status: 413 }, { status: 0, code: 'batch413' }],
    ['404', { status: 404, body: error('X') }, { status: 0, code: 'batch404' }],
  ])('with %s gives each device the same answer', async (_, reply, answer) => {
    const graph = await aGraph(reply);
    expect(await send(graph)).toEqual([answer, answer, answer]);
    expect(graph.requests.length).toBe(1);
  });

  it('with a 429 is one answer, so that it counts once for all devices', async () => {
    const answers = await send(await aGraph(throttled));
    expect(new Set(answers).size).toBe(1);
  });

  it('by a cut connection gives each device no answer', async () => {
    const graph = await aGraph('reset');
    const answers = await send(graph);
    expect(answers.map(({ status }) => status)).toEqual([0, 0, 0]);
    expect(graph.requests.length).toBe(1);
  });

  it('with a 400 calls no device unsupported for it', async () => {
    const [answer = { status: -1 }] = await send(await aGraph({ status: 400 }));
    expect(classifyAnswer(answer, syncCommand.role).kind).toBe('transient');
  });
});

describe('a refused token', () => {
  const refused = (id: number) => ({ id: String(id), status: 401, body: error('Expired') });

  it('is renewed, and only what was refused is sent again', async () => {
    const graph = await aGraph(
      items(refused(2), accepted(1), refused(3)),
      items({ ...accepted(2), status: 404 }, accepted(1)),
    );
    expect(await send(graph)).toEqual([{ status: 204 }, { status: 204 }, { status: 404 }]);
    const [, again = { body: '', headers: {} }] = graph.requests;
    expect(again.headers).toMatchObject({ authorization: 'Bearer token-1' });
    const { requests } = JSON.parse(again.body) as { requests: { url: string }[] };
    expect(requests.map(({ url }) => url)).toEqual(
      [2, 3].map((id) => `/deviceManagement/managedDevices/${aDeviceId(id)}/syncDevice`),
    );
  });

  it('of the whole batch has it sent again', async () => {
    const graph = await aGraph({ status: 401 }, items(accepted(1), accepted(2), accepted(3)));
    expect(await send(graph)).toEqual([{ status: 204 }, { status: 204 }, { status: 204 }]);
  });

  it('that cannot be renewed costs nothing that was accepted', async () => {
    const graph = await aGraph(items(accepted(1), refused(2), accepted(3)));
    const renew = () => Promise.reject(new Error('the identity endpoint is down'));
    expect(await send({ ...graph, token: { ...graph.token, renew } })).toEqual([
      { status: 204 },
      { status: 401, code: 'Expired' },
      { status: 204 },
    ]);
    expect(graph.requests.length).toBe(1);
  });

  it('is not renewed twice', async () => {
    const graph = await aGraph(items(refused(1), accepted(2), accepted(3)), items(refused(1)));
    expect(await send(graph)).toEqual([
      { status: 401, code: 'Expired' },
      { status: 204 },
      { status: 204 },
    ]);
    expect(graph.requests.length).toBe(2);
  });
});

describe('Multi Admin Approval', () => {
  it('is known by its 403', async () => {
    const message = JSON.stringify({ Message: 'Multi admin approval is required - Operation ID' });
    const held = { id: '1', status: 403, body: error('Forbidden', message) };
    const [answer = { status: -1 }] = await send(await aGraph(items(held)), 1);
    expect(classifyAnswer(answer, syncCommand.role)).toMatchObject({ problem: approvalRequired() });
  });
});
