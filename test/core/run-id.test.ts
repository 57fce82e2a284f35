import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRunId, newRunId } from '../../src/core/run-id.ts';
import { startOfTest } from '../support/factories.ts';

describe('newRunId', () => {
  it('counts down in time, and tells runs of one millisecond apart', () => {
    expect(newRunId(startOfTest, () => 0)).toBe('8232507999999-00000000');
    expect(newRunId(startOfTest, () => 0.999_999_999_99)).toBe('8232507999999-ffffffff');
  });

  it('always has the form of a run id, and a later run sorts first', () => {
    const time = fc.integer({ min: 0, max: 9_999_999_999_998 });
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(time, random, random, (at, a, b) => {
        const older = newRunId(at, () => a);
        const newer = newRunId(at + 1, () => b);
        expect(isRunId(older) && isRunId(newer)).toBe(true);
        expect(newer < older).toBe(true);
      }),
    );
  });
});

describe('isRunId', () => {
  it.each([
    '',
    'x',
    '8232507999999',
    '8232507999999-0000000',
    '8232507999999-000000000',
    '8232507999999-ABCDEF00',
    '8232507999999-0000000g',
    ' 8232507999999-00000000',
    '8232507999999-00000000\n',
    "8232507999999-00000000' or 1 eq 1",
    '../8232507999999-00000000',
  ])('refuses %j', (text) => {
    expect(isRunId(text)).toBe(false);
  });
});
