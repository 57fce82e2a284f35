import { describe, expect, it } from 'vitest';
import { fromBatchPayload, toBatchPayload } from '../../../src/adapters/graph/batch-payload.ts';
import { aDeviceId, startOfTest as now, syncCommand } from '../../support/factories.ts';

const missing = { status: 0, code: 'missingAnswer' };

/** What the app reads in an answer with these items, to as many requests. */
const read = (...responses: unknown[]) => fromBatchPayload({ responses }, responses.length, now);

describe('the body of a batch', () => {
  it('has a request for each device, numbered from 1, without the version of the API', () => {
    expect(toBatchPayload(syncCommand, [aDeviceId(1), aDeviceId(2)])).toEqual({
      requests: [1, 2].map((number) => ({
        id: String(number),
        method: 'POST',
        url: `/deviceManagement/managedDevices/${aDeviceId(number)}/syncDevice`,
        headers: { 'Content-Type': 'application/json' },
        body: {},
      })),
    });
  });
});

describe('the answer to a batch', () => {
  it.each([
    ['without a body or headers', { id: '1', status: 204 }],
    ['with both empty', { id: '1', status: 204, headers: null, body: null }],
    ['with a number as its id', { id: 1, status: 204 }],
    ['with properties that are new', { id: '1', status: 204, dependsOn: [], latency: {} }],
    ['with an error in spite of its status', { id: '1', status: 204, body: { error: 'odd' } }],
  ])('accepts the device of an item %s', (_, item) => {
    expect(read(item)).toEqual([{ status: 204 }]);
  });

  it.each<[string, object, object]>([
    ['a wait that is a number', { 'Retry-After': 2 }, { retryAfterMs: 2_000 }],
    ['a wait that is a list', { 'Retry-After': ['2'] }, {}],
    ['a wait that is empty', { 'Retry-After': null }, {}],
    ['an id of the request that is no text', { 'request-id': {} }, {}],
    [
      'names in any letter case',
      { 'RETRY-AFTER': '2', 'Request-ID': 'r1' },
      { retryAfterMs: 2_000, requestId: 'r1' },
    ],
  ])('takes headers with %s for what they are worth', (_, headers, facts) => {
    expect(read({ id: '1', status: 429, headers })).toEqual([{ status: 429, ...facts }]);
  });

  it.each([
    ['null', null],
    ['a text', 'odd'],
    ['without a status', { id: '2' }],
    ['with a status that is a text', { id: '2', status: '204' }],
    ['with headers that are a text', { id: '2', status: 204, headers: 'odd' }],
  ])('loses no other device to an item that is %s', (_, odd) => {
    const fine = (id: string) => ({ id, status: 204, body: null });
    expect(read(fine('1'), odd, fine('3'))).toEqual([{ status: 204 }, missing, { status: 204 }]);
  });

  it('has nothing to say of an item that nobody asked for', () => {
    const items = ['0', '2', 'x'].map((id) => ({ id, status: 204 }));
    expect(fromBatchPayload({ responses: items }, 1, now)).toEqual([missing]);
  });

  it.each([undefined, null, '<html>', [], {}, { responses: {} }, { value: [] }])(
    'is none when it is %j',
    (body) => {
      expect(fromBatchPayload(body, 1, now)).toBeUndefined();
    },
  );
});
