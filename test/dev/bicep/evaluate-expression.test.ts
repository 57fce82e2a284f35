import { describe, expect, it } from 'vitest';
import { RuntimeValue } from '../../../dev/bicep/values.ts';
import { valueOf } from './support/bicep.ts';

describe('an expression', () => {
  it.each([
    ["'it\\'s ${1 + 2} \\u{41}'", "it's 3 A"],
    ["'''\\n'''", '\\n'],
    ['-5', -5],
    ['!true', false],
    ['7 / 2', 3],
    ['2 * 3 - 1', 5],
    ['1 < 2 && 2 >= 2', true],
    ['false || 1 != 1', false],
    ["null ?? 'fallback'", 'fallback'],
    ["1 == 2 ? 'yes' : 'no'", 'no'],
    ["[ 'a', 'b' ][1]", 'b'],
    ["{ a: { 'b-c': 1 } }.a['b-c']", 1],
    ["[for (name, i) in [ 'a', 'b' ]: '${name}${i}']", ['a0', 'b1']],
    ['[for n in [ 1, 2, 3 ]: n * n]', [1, 4, 9]],
    ["map([ 'a' ], name => '${name}!')", ['a!']],
    ['filter([ 1, 2, 3 ], n => (n > 1))', [2, 3]],
  ])('%s is %j', (expression, value) => {
    expect(valueOf(expression)).toEqual(value);
  });

  it('leaves what only Azure knows as it is written', () => {
    const site = "resource site 'Microsoft.Web/sites@2025-03-01' existing = {\n  name: 'app'\n}";
    expect(valueOf('site.properties.defaultHostName', site)).toEqual(
      new RuntimeValue('site.properties.defaultHostName'),
    );
    expect(valueOf("'https://${site.properties.defaultHostName}/api'", site)).toBe(
      'https://<site.properties.defaultHostName>/api',
    );
    expect(valueOf("empty(site.properties.defaultHostName) ? 'no' : 'yes'", site)).toBe('yes');
  });

  it.each([
    ['missing', 'missing is not declared'],
    ['{ a: 1 }.b', 'there is no b in {"a":1}'],
    ['[ 1 ][3]', 'there is no element 3'],
    ["'text' ? 1 : 2", 'a condition that is text, neither true nor false'],
    ["[for n in 'text': n]", 'a loop over text, which is no list'],
    ['unheardOf(1)', 'unheardOf() is no function that is known here'],
  ])('%s is an error: %s', (expression, problem) => {
    expect(() => valueOf(expression)).toThrow(JSON.stringify({ where: 'main.bicep:2', problem }));
  });
});
