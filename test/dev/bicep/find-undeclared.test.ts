import { describe, expect, it } from 'vitest';
import { findUndeclared } from '../../../dev/bicep/find-undeclared.ts';
import { file } from './support/bicep.ts';

function problems(...lines: string[]): string[] {
  return findUndeclared(file(lines.join('\n'))).map(({ where, problem }) => `${where} ${problem}`);
}

describe('findUndeclared', () => {
  it('is content when everything is declared and used', () => {
    expect(
      problems(
        "param prefix string = toLower('A')",
        "var names = [for (name, i) in [ 'a' ]: '${prefix}${name}${i}']",
        "resource queues 'Microsoft.Storage/queues@1' = [for name in names: if (!empty(name)) {",
        '  name: name',
        '}]',
        'output ids array = map(queues, queue => (queue.id))',
      ),
    ).toEqual([]);
  });

  it('finds a name in a text, in a condition, in a key', () => {
    expect(
      problems(
        "resource site 'Microsoft.Web/sites@1' = if (isOn) {",
        "  name: 'app-${suffix}'",
        "  tags: { '${key}': 1 }",
        '}',
      ),
    ).toEqual([
      'main.bicep:1 isOn is not declared',
      'main.bicep:2 suffix is not declared',
      'main.bicep:3 key is not declared',
    ]);
  });

  it('does not take the names of one loop for those of the next', () => {
    expect(
      problems(
        'output a array = [for one in [ 1 ]: one]',
        'output b array = [for two in [ 1 ]: one]',
      ),
    ).toEqual(['main.bicep:2 one is not declared']);
  });

  it('finds what is not used, declared twice, or no function', () => {
    expect(problems('param a string', 'var b = lowerCase(c)', 'var c = 1', 'var c = b')).toEqual([
      'main.bicep:4 c is declared twice',
      'main.bicep:2 there is no function lowerCase',
      'main.bicep:1 a is declared and not used',
    ]);
  });
});
