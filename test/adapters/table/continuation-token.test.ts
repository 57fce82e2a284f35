import { describe, expect, it } from 'vitest';
import { decodeToken, encodeToken } from '../../../src/adapters/table/continuation-token.ts';
import { aDeviceId, aRunId } from '../../support/factories.ts';

describe('a continuation token', () => {
  it.each([[aRunId], [['batch-0000007', 42]], [[`device-${aDeviceId()}`, 0]], ['Zürich ~?>']])(
    'gives back what it was made of: %j',
    (value) => {
      expect(decodeToken(encodeToken(value))).toEqual(value);
    },
  );

  it('can stand in an address as it is', () => {
    const token = encodeToken(['device-???>>>', 1]);
    expect(encodeURIComponent(token)).toBe(token);
  });

  it.each(['', 'x', '%%%', '{"a":1}', encodeToken('x').slice(0, -2)])(
    'is none when it is %j',
    (text) => {
      expect(decodeToken(text)).toBeUndefined();
    },
  );
});
