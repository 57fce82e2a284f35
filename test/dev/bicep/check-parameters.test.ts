import { describe, expect, it } from 'vitest';
import { checkParameters, isOfType } from '../../../dev/bicep/check-parameters.ts';
import { RuntimeValue, type Value } from '../../../dev/bicep/values.ts';
import { file } from './support/bicep.ts';

const template = file(
  [
    '@minValue(1)',
    '@maxValue(98)',
    'param size int = 50',
    '@minLength(3)',
    "param name string = 'abc'",
    "@allowed([ '22', '24' ])",
    "param version string = '24'",
    "@allowed([ 'groups', 'apps' ])",
    'param features string[] = []',
    'param needed bool',
  ].join('\n'),
);

function problems(given: Readonly<Record<string, Value>>): string[] {
  return checkParameters(template, { needed: true, ...given }, 'here').map(
    ({ problem }) => problem,
  );
}

describe('checkParameters', () => {
  it.each<[string, Record<string, Value>, string[]]>([
    ['nothing but what is needed', {}, []],
    ['a value at its bound', { size: 98 }, []],
    ['a value over its bound', { size: 99 }, ['size is out of its bounds: 99']],
    ['a value under its bound', { size: 0 }, ['size is out of its bounds: 0']],
    ['a short text', { name: 'ab' }, ['name has a wrong length: ab']],
    ['a value not allowed', { version: '20' }, ['version is not one of those allowed: 20']],
    ['some of those allowed', { features: ['apps'] }, []],
    [
      'one of several that is not allowed',
      { features: ['apps', 'mail'] },
      ['features is not one of those allowed: ["apps","mail"]'],
    ],
    ['a wrong type', { size: '50' }, ['size must be int, not string']],
    ['an unknown name', { colour: 1 }, ['main.bicep has no parameter colour']],
    ['what only Azure knows', { needed: new RuntimeValue('site.id') }, []],
  ])('is given %s', (_, given, expected) => {
    expect(problems(given)).toEqual(expected);
  });

  it('misses what is needed and not given', () => {
    expect(checkParameters(template, {}, 'main.bicep:9')).toEqual([
      { where: 'main.bicep:9', problem: 'main.bicep needs the parameter needed' },
    ]);
  });
});

describe('isOfType', () => {
  it.each<[string, Value, boolean]>([
    ['string[]', ['a', 'b'], true],
    ['string[]', ['a', 1], false],
    ['string[]', 'a', false],
    ['object', { a: 1 }, true],
    ['object', [], false],
    ['array', [1], true],
    ['bool', false, true],
  ])('%s of %j: %s', (type, value, expected) => {
    expect(isOfType(type, value)).toBe(expected);
  });
});
