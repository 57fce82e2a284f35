import { describe, expect, it } from 'vitest';
import { fromBulkResult } from '../../../src/adapters/graph/bulk-result.ts';
import { aDeviceId } from '../../support/factories.ts';

const ids = [1, 2, 3, 4, 5].map((number) => aDeviceId(number * 0xabc));
const [one = '', two = '', three = '', four = ''] = ids;
const lists = {
  successfulDeviceIds: [one],
  failedDeviceIds: [two],
  notFoundDeviceIds: [three],
  notSupportedDeviceIds: [four],
};
const answers = [
  { status: 204, requestId: 'r1' },
  undefined,
  { status: 404, code: 'notFound', requestId: 'r1' },
  { status: 400, code: 'notSupported', requestId: 'r1' },
  undefined,
];

describe('the result of a bulk call', () => {
  it.each([
    ['at the top', lists],
    ['at the top, with its type', { '@odata.context': 'x', ...lists }],
    ['inside value', { value: { '@odata.type': 'x', ...lists } }],
  ])('is read %s', (_, body) => {
    expect(fromBulkResult(body, ids, 'r1')).toEqual(answers);
  });

  it('knows ids in any letter case', () => {
    const body = { successfulDeviceIds: ids.map((id) => id.toUpperCase()) };
    expect(fromBulkResult(body, ids, undefined)).toEqual(ids.map(() => ({ status: 204 })));
  });

  it('takes lists that are missing or null for empty', () => {
    const body = { successfulDeviceIds: [one], failedDeviceIds: null };
    expect(fromBulkResult(body, [one, two], undefined)).toEqual([{ status: 204 }, undefined]);
  });

  it.each([
    ['success and failure', { successfulDeviceIds: [one], failedDeviceIds: [one] }, undefined],
    [
      'success and not found',
      { successfulDeviceIds: [one], notFoundDeviceIds: [one] },
      { status: 404, code: 'notFound' },
    ],
  ])('does not call a device accepted that is in the lists of %s', (_, body, answer) => {
    expect(fromBulkResult(body, [one], undefined)).toEqual([answer]);
  });

  it('ignores devices that nobody asked about', () => {
    expect(fromBulkResult({ successfulDeviceIds: [two] }, [one], undefined)).toEqual([undefined]);
  });

  it.each([['text'], [null], [[]], [{ value: [] }], [{ successfulDeviceIds: 'all' }]])(
    'says nothing about any device when it is %j',
    (body) => {
      expect(fromBulkResult(body, ids, 'r1')).toEqual(ids.map(() => undefined));
    },
  );
});
