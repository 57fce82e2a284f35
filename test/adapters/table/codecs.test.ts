import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  instant,
  joinText,
  json,
  splitText,
  withoutNulls,
} from '../../../src/adapters/table/codecs.ts';

describe('instant', () => {
  it('is a text that people can read, to the millisecond', () => {
    expect(z.encode(instant, 1_767_492_000_123)).toBe('2026-01-04T02:00:00.123Z');
    expect(z.decode(instant, '2026-01-04T02:00:00.123Z')).toBe(1_767_492_000_123);
  });
});

describe('json', () => {
  const codec = json(z.object({ a: z.number() }));

  it('is the text of a structure', () => {
    expect(z.encode(codec, { a: 1 })).toBe('{"a":1}');
    expect(z.decode(codec, '{"a":1}')).toEqual({ a: 1 });
  });

  it('refuses a structure of another shape', () => {
    expect(() => z.decode(codec, '{"a":"1"}')).toThrow(z.ZodError);
  });
});

describe('splitText', () => {
  it('leaves a short text in one property', () => {
    expect(splitText('devices', 'short')).toEqual({ devices: 'short' });
    expect(splitText('devices', '')).toEqual({ devices: '' });
  });

  it('spreads a long one over numbered properties, each below 64 KiB of UTF-16', () => {
    const parts = splitText('devices', 'x'.repeat(70_000));
    expect(Object.entries(parts).map(([name, text]) => [name, text.length])).toEqual([
      ['devices', 32_000],
      ['devices1', 32_000],
      ['devices2', 6_000],
    ]);
  });

  it.each([31_999, 32_000, 32_001, 64_000])('loses nothing of %i characters', (length) => {
    const text = 'abcdefg'.repeat(10_000).slice(0, length);
    expect(joinText('devices', splitText('devices', text))).toBe(text);
  });

  it.each([31_998, 31_999, 32_000])('cuts no character in two after %i letters', (length) => {
    const text = `${'x'.repeat(length)}📱📱`;
    const parts = splitText('devices', text);
    // UTF-8 has no halves of characters: one would come back as another sign.
    const inUtf8 = (part: string) => Buffer.from(part).toString();
    expect(Object.values(parts).map(inUtf8)).toEqual(Object.values(parts));
    expect(Object.values(parts).filter((part) => part.length > 32_000)).toEqual([]);
    expect(joinText('devices', parts)).toBe(text);
  });

  it('is undone by joinText, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
        const long = text.repeat(700);
        expect(joinText('x', splitText('x', long))).toBe(long);
      }),
    );
  });
});

describe('withoutNulls', () => {
  it('leaves out what is null, and nothing else', () => {
    const kept = { zero: 0, no: false, empty: '', missing: undefined };
    expect(withoutNulls({ ...kept, gone: null })).toStrictEqual(kept);
  });
});

describe('joinText', () => {
  it('of a property that is not there is empty', () => {
    expect(joinText('devices', { other: 'x' })).toBe('');
  });

  it('stops at the first gap', () => {
    expect(joinText('d', { d: 'a', d1: 'b', d3: 'x' })).toBe('ab');
  });
});
