import { describe, expect, it } from 'vitest';
import { deploy } from './support/bicep.ts';

const site = [
  'param name string',
  'param isOn bool = true',
  "resource site 'Microsoft.Web/sites@2025-03-01' = if (isOn) {",
  '  name: name',
  '}',
  "output id string = isOn ? site.id : 'none'",
].join('\n');

describe('evaluateTemplate', () => {
  it('deploys resources of loops one by one, below their parents', () => {
    const { resources, findings } = deploy(
      [
        "resource account 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {",
        "  name: 'store'",
        '}',
        "resource queues 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-06-01' = [for (name, i) in [ 'a', 'b', 'c' ]: if (i != 1) {",
        '  parent: account',
        '  name: name',
        '}]',
      ].join('\n'),
    );
    expect(findings).toEqual([]);
    expect(resources.map(({ where, id, isExisting }) => ({ where, id, isExisting }))).toEqual([
      {
        where: 'main.bicep:1',
        id: '/providers/Microsoft.Storage/storageAccounts/store',
        isExisting: true,
      },
      {
        where: 'main.bicep:4',
        id: '/providers/Microsoft.Storage/storageAccounts/store/queues/a',
        isExisting: false,
      },
      {
        where: 'main.bicep:4',
        id: '/providers/Microsoft.Storage/storageAccounts/store/queues/c',
        isExisting: false,
      },
    ]);
  });

  it('takes modules in, gives them their parameters and hands on their outputs', () => {
    const main = [
      "module part 'modules/site.bicep' = {",
      "  name: 'part'",
      '  params: {',
      "    name: 'app'",
      '  }',
      '}',
      'output id string = part.outputs.id',
    ].join('\n');
    const { resources, outputs, findings } = deploy(main, {}, { 'modules/site.bicep': site });
    expect(findings).toEqual([]);
    expect(resources.map(({ where, name }) => [where, name])).toEqual([
      ['modules/site.bicep:3', 'app'],
    ]);
    expect(outputs).toEqual({ id: '/providers/Microsoft.Web/sites/app' });
  });

  it('leaves out what a condition leaves out', () => {
    const { resources, outputs } = deploy(site, { name: 'app', isOn: false });
    expect([resources, outputs]).toEqual([[], { id: 'none' }]);
  });

  it('finds a wrong parameter of a module where it is given', () => {
    const main =
      "\nmodule part 'site.bicep' = {\n  name: 'part'\n  params: { isOn: 'yes', colour: 1 }\n}\n";
    expect(deploy(main, {}, { 'site.bicep': site }).findings).toEqual(
      expect.arrayContaining([
        { where: 'main.bicep:2', problem: 'site.bicep has no parameter colour' },
        { where: 'main.bicep:2', problem: 'site.bicep needs the parameter name' },
        { where: 'main.bicep:2', problem: 'isOn must be bool, not string' },
      ]),
    );
  });

  it('goes on after an error, and finds each once', () => {
    const { findings, outputs } = deploy(
      'var a = missing\nvar b = a\noutput c string = a\noutput d int = 1\n',
    );
    expect(findings).toEqual([{ where: 'main.bicep:1', problem: 'missing is not declared' }]);
    expect(outputs['d']).toBe(1);
  });

  it('finds an output that is not of its type', () => {
    expect(deploy('output a int = true\n').findings).toEqual([
      { where: 'main.bicep:1', problem: 'a must be int, not bool' },
    ]);
  });

  it('remembers which rules are switched off for which property', () => {
    const { resources } = deploy(
      [
        "resource site 'Microsoft.Web/sites@2025-03-01' = {",
        "  name: 'app'",
        '  properties: {',
        '    #disable-next-line BCP037',
        '    unheardOf: true',
        '    httpsOnly: true',
        '  }',
        '}',
      ].join('\n'),
    );
    expect([...(resources[0]?.disabledRules ?? [])]).toEqual([
      ['properties.unheardOf', ['BCP037']],
    ]);
  });
});
