import { describe, expect, it } from 'vitest';
import { clouds } from '../../../dev/bicep/clouds.ts';
import { callBuiltin, isBuiltin } from '../../../dev/bicep/builtins.ts';
import { RuntimeValue, type Value } from '../../../dev/bicep/values.ts';

const surroundings = {
  path: 'infra/modules/app.bicep',
  cloud: clouds.usGov,
  files: new Map([
    ['infra/kql/runs.kql', 'AppEvents'],
    ['infra/layout.json', '{"items":[1]}'],
  ]),
};

function call(name: string, ...values: Value[]): Value {
  return callBuiltin(name, values, surroundings);
}

describe('callBuiltin', () => {
  it.each<[string, Value[], Value]>([
    ['union', [{ a: { b: 1, c: [1] } }, { a: { c: [2] }, d: 3 }], { a: { b: 1, c: [2] }, d: 3 }],
    [
      'union',
      [
        ['a', 'b'],
        ['b', 'c'],
      ],
      ['a', 'b', 'c'],
    ],
    ['concat', [['a'], ['a']], ['a', 'a']],
    ['concat', ['a', 1], 'a1'],
    ['flatten', [[['a'], ['b', 'c']]], ['a', 'b', 'c']],
    [
      'items',
      [{ b: 1, a: 2 }],
      [
        { key: 'a', value: 2 },
        { key: 'b', value: 1 },
      ],
    ],
    ['contains', [{ a: 1 }, 'a'], true],
    ['contains', [['a'], 'b'], false],
    ['contains', ['abc', 'bc'], true],
    ['empty', [''], true],
    ['empty', [[]], true],
    ['empty', [{ a: 1 }], false],
    ['length', [{ a: 1, b: 2 }], 2],
    ['format', ['{1}-{0}', 'a', 'b'], 'b-a'],
    ['replace', ['a-b-a', 'a', 'c'], 'c-b-c'],
    ['range', [3, 2], [3, 4]],
    ['cidrSubnet', ['10.71.0.0/16', 24, 1], '10.71.1.0/24'],
    ['string', [{ a: [1, null] }], '{"a":[1,null]}'],
  ])('%s(%j) is %j', (name, values, result) => {
    expect(call(name, ...values)).toEqual(result);
  });

  it('makes the same GUID of the same, and another of anything else', () => {
    const guid = call('guid', 'a', 'b');
    expect(guid).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect([call('guid', 'a', 'b'), call('guid', 'a', 'c') === guid]).toEqual([guid, false]);
    expect(call('uniqueString', 'a')).toMatch(/^[0-9a-f]{13}$/);
  });

  it('reads files beside the one that asks', () => {
    expect(call('loadTextContent', '../kql/runs.kql')).toBe('AppEvents');
    expect(call('loadJsonContent', '../layout.json')).toEqual({ items: [1] });
    expect(() => call('loadTextContent', 'runs.kql')).toThrow(
      'there is no file infra/modules/runs.kql',
    );
  });

  it('knows the cloud', () => {
    expect(call('environment')).toMatchObject({ suffixes: { storage: 'core.usgovcloudapi.net' } });
  });

  it('puts what only Azure knows into texts, and leaves other answers to Azure', () => {
    const unknown = new RuntimeValue('site.id');
    expect(call('string', unknown)).toBe('<site.id>');
    expect(call('length', unknown)).toEqual(new RuntimeValue('length(<site.id>)'));
    expect(call('empty', unknown)).toBe(false);
  });

  it('tells which functions there are', () => {
    expect(['union', 'guid', 'lowerCase'].map(isBuiltin)).toEqual([true, true, false]);
  });
});
