import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatHresult, parseHresult } from '../../src/core/hresult.ts';

describe('parseHresult', () => {
  it.each([
    '0x87D13B6E',
    '0X87D13B6E',
    '0x87d13b6e',
    '87D13B6E',
    '87d13b6e',
    '-2016330898',
    '2016330898',
    '2278636398',
    ' -2016330898 ',
  ])('reads %j as one and the same code', (text) => {
    expect(parseHresult(text)).toBe(-2016330898);
  });

  it.each([
    ['-1', -1],
    ['1', -1],
    ['4294967295', -1],
    ['0xFFFFFFFF', -1],
    ['12345678', -12345678],
    ['-2147483648', -2147483648],
    ['2147483648', -2147483648],
    ['0x80000000', -2147483648],
    ['2147483649', -2147483647],
  ])('reads %s as %i', (text, signed) => {
    expect(parseHresult(text)).toBe(signed);
  });

  it.each([
    '',
    ' ',
    '-',
    '0',
    '-0',
    '0x00000000',
    '0x',
    '0x87D13B6',
    '87D13B6',
    '87D13B6E0',
    '-87D13B6E',
    '-0x87D13B6E',
    '+2016330898',
    '2016330898.5',
    '2.016e9',
    '4294967296',
    '-2147483649',
    '-2278636398',
    '9'.repeat(400),
    'code',
  ])('does not read %j', (text) => {
    expect(parseHresult(text)).toBeUndefined();
  });

  it('reads every form in which a code can be written', () => {
    const codes = fc.integer({ min: -(2 ** 31), max: -1 });
    fc.assert(
      fc.property(codes, (signed) => {
        const hex = formatHresult(signed);
        const forms = [hex, hex.toLowerCase(), `${signed}`, `${-signed}`, `${signed + 2 ** 32}`];
        expect(forms.map(parseHresult)).toEqual(forms.map(() => signed));
      }),
    );
  });
});

describe('formatHresult', () => {
  it.each([
    [-2016330898, '0x87D13B6E'],
    [-1, '0xFFFFFFFF'],
    [-2147483648, '0x80000000'],
    [16, '0x00000010'],
  ])('of %i is %s', (signed, hex) => {
    expect(formatHresult(signed)).toBe(hex);
  });
});
