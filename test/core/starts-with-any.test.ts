import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startsWithAny } from '../../src/core/starts-with-any.ts';

describe('startsWithAny', () => {
  it.each<[string, readonly string[], string, boolean]>([
    ['no prefix begins nothing', [], 'ws-1', false],
    ['the empty prefix begins everything', ['', 'x'], '', true],
    ['a text begins itself', ['ws-1'], 'ws-1', true],
    ['a shorter text does not', ['ws-1'], 'ws-', false],
    ['a prefix counts though a longer one sorts nearer', ['ws', 'ws-0', 'ws-2'], 'ws-1', true],
    ['letter case counts', ['WS'], 'ws-1', false],
  ])('%s', (_, prefixes, text, isMeant) => {
    expect(startsWithAny(prefixes)(text)).toBe(isMeant);
  });

  it('finds what asking for each prefix in turn finds', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '.', 'ü', '😀'), maxLength: 5 });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 12 }), text, (prefixes, subject) => {
        const isMeant = prefixes.some((prefix) => subject.startsWith(prefix));
        expect(startsWithAny(prefixes)(subject)).toBe(isMeant);
      }),
      { numRuns: 1_000 },
    );
  });
});
