import { describe, expect, it } from 'vitest';
import { rowKeyOf } from '../../../src/adapters/table/row-key.ts';

describe('a row key', () => {
  it.each(['syncDevice-normal', 'alert-XDR Alert trend change', 'a.b_c-1'])(
    'is the text itself when that is plain: %j',
    (text) => {
      expect(rowKeyOf(text)).toBe(text);
    },
  );

  it.each(['a/b', 'a\\b', 'a#b', 'a?b', 'a%2fb', "a'b", 'ä', '', 'a\tb', 'x'.repeat(101)])(
    'is a hash of the text when a table might refuse it: %j',
    (text) => {
      expect(rowKeyOf(text)).toMatch(/^[0-9a-f]{64}$/);
    },
  );

  it('is another one for another text', () => {
    expect(rowKeyOf('a/b')).not.toBe(rowKeyOf('a?b'));
  });
});
