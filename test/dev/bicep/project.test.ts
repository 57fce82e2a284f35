import { describe, expect, it } from 'vitest';
import { file, project } from './support/bicep.ts';

describe('readProject', () => {
  it('reads declarations with their lines', () => {
    const read = file(
      [
        "targetScope = 'subscription'",
        '@secure()',
        '@maxLength(40)',
        "param name string = 'app'",
        'var list = [ 1, 2 ]',
        "resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {",
        '  name: name',
        '}',
        "module part 'part.bicep' = if (list[0] == 1) {",
        "  name: 'part'",
        '}',
        'output id string = group.id',
      ].join('\n'),
    );
    expect(read).toMatchObject({
      targetScope: 'subscription',
      parameters: [{ name: 'name', type: 'string', line: 4 }],
      variables: [{ name: 'list', line: 5 }],
      resources: [{ name: 'group', line: 6, isExisting: false }],
      modules: [{ name: 'part', of: 'part.bicep', line: 9, condition: { kind: 'binary' } }],
      outputs: [{ name: 'id', type: 'string', line: 12 }],
    });
    expect([...(read.parameters[0]?.decorators.keys() ?? [])]).toEqual(['secure', 'maxLength']);
  });

  it('names the line where a text is no Bicep, and reads the other files', () => {
    const { bicep, findings } = project({
      'broken.bicep': 'var a = 1\nvar b = = 2\n',
      'whole.bicep': 'var a = 1\n',
      'readme.md': 'no Bicep, and not read',
    });
    expect(findings.map(({ where }) => where)).toContain('broken.bicep:2');
    expect([...bicep.keys()]).toEqual(['whole.bicep']);
  });

  it('takes an extension for a comment, so that lines keep their numbers', () => {
    expect(file('extension microsoftGraphV1\n\nvar a = 1\n').variables).toMatchObject([
      { name: 'a', line: 3 },
    ]);
  });

  it('refuses a dot after an operation without parentheses, which the grammar takes apart wrongly', () => {
    const { findings } = project({ 'main.bicep': 'var a = !b && c.d\n' });
    expect(findings).toEqual([
      {
        where: 'main.bicep:1',
        problem:
          'write this in parentheses, since the parser takes it apart otherwise than Bicep does: !b && c.d',
      },
    ]);
  });

  it('refuses what it does not know instead of passing over it', () => {
    const { findings } = project({ 'main.bicep': 'var a = parent::child\n' });
    expect(findings).toEqual([
      {
        where: 'main.bicep:1',
        problem: 'resource_expression is not of the Bicep that is checked here',
      },
    ]);
  });
});
