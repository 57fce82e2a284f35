import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonError, parseJson } from '../../../src/functions/http/parse-json.ts';

const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const listOf = (entries: number) => `[${Array<string>(entries).fill('0').join(',')}]`;

describe('a JSON text', () => {
  it('is what JSON.parse makes of it', () => {
    fc.assert(
      fc.property(fc.json({ depthSize: 'small' }), (text) => {
        fc.pre(!text.includes('__proto__'));
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    '{"a":1,"b":{"a":1},"c":[{"a":1},{"a":1}]}',
    '{"a":"a","b":"a"}',
    '{"a":"{\\"a\\":1,\\"a\\":2}"}',
    '{"a":["a","a"]}',
    '{"\\\\":1,"\\"":2}',
    '{"constructor":{"prototype":{"x":1}},"toString":1}',
    nested(32),
    listOf(99_999),
  ])('may be %j', (text) => {
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  it.each([
    ['{"a":1,"a":1}', 'has a name twice in one object'],
    ['{"a":1,"\\u0061":2}', 'has a name twice in one object'],
    ['{"x":[{"b":{"a":1,"c":[],"a":2}}]}', 'has a name twice in one object'],
    ['{"__proto__":{"dryRun":false}}', 'has the name "__proto__", which nothing here has'],
    ['{"\\u005f_proto__":1}', 'has the name "__proto__", which nothing here has'],
    [nested(33), 'is nested deeper than 32 levels'],
    ['['.repeat(1_000_000), 'is nested deeper than 32 levels'],
    ['{"a":'.repeat(100_000), 'is nested deeper than 32 levels'],
    [listOf(100_001), 'has more than 100000 values'],
    ['{"a', 'is not JSON'],
    ['{"a\\', 'is not JSON'],
    ['{"\\x":1}', 'is not JSON'],
    ['{"a":1}}', 'is not JSON'],
    ["{'a':1}", 'is not JSON'],
    ['{a:1,a:1}', 'is not JSON'],
    ['NaN', 'is not JSON'],
    ['{"a":1}{"a":1}', 'is not JSON'],
    ['', 'is not JSON'],
  ])('may not be %j', (text, message) => {
    expect(() => parseJson(text)).toThrow(new JsonError(message));
  });

  it('either parses, or is refused as JSON that cannot be used', () => {
    const texts = fc.array(fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '\\', 'a', '1', ' '));
    fc.assert(
      fc.property(texts, (parts) => {
        try {
          parseJson(parts.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(JsonError);
        }
      }),
    );
  });
});
