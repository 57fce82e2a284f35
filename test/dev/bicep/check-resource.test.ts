import { describe, expect, it } from 'vitest';
import { checkResource } from '../../../dev/bicep/check-resource.ts';
import { parseResourceType } from '../../../dev/bicep/resource-types.ts';
import { deploy } from './support/bicep.ts';

const type = parseResourceType({
  type: 'Test/things',
  apiVersion: '1',
  body: { ref: 'thing' },
  defs: {
    thing: {
      props: {
        name: { t: 'string', req: 1 },
        id: { t: 'string', ro: 1 },
        kind: { t: { anyOf: [{ const: 'big' }, { const: 'small' }, 'string'] } },
        properties: { t: { ref: 'properties' } },
      },
    },
    properties: {
      props: {
        size: { t: 'int', req: 1 },
        tags: { t: { ref: 'tags' } },
        parts: { t: { array: { ref: 'part' } } },
      },
    },
    tags: { props: {}, extra: 'string' },
    part: { props: {}, disc: 'shape', cases: { round: { ref: 'round' } } },
    round: { props: { shape: { t: { const: 'round' }, req: 1 }, radius: { t: 'int' } } },
  },
});

function problems(body: string): string[] {
  const { resources } = deploy(`resource thing 'Test/things@1' = ${body}\n`);
  return resources
    .flatMap((resource) => checkResource(resource, type))
    .map(({ problem }) => problem);
}

describe('checkResource', () => {
  it.each([
    ["{ name: 'a' }", []],
    ["{ name: 'a', kind: 'big', properties: { size: 1, tags: { any: 'x' } } }", []],
    ["{ name: 'a', properties: { size: 1, parts: [ { shape: 'round', radius: 2 } ] } }", []],
    ["{ name: 'a', properties: { size: 1, tags: null } }", []],
    ["{ name: 'a', dependsOn: [] }", []],
    ["{ kind: 'big' }", ['name is missing']],
    ['{ name: 1 }', ['name must be string, not int']],
    ["{ name: 'a', id: 'b' }", ['id is read-only']],
    ["{ name: 'a', colour: 1 }", ['colour does not exist']],
    ["{ name: 'a', kind: 'huge' }", ['kind must be one of big, small, not huge']],
    ["{ name: 'a', properties: {} }", ['properties.size is missing']],
    ["{ name: 'a', properties: [] }", ['properties must be object, not array']],
    [
      "{ name: 'a', properties: { size: 1, tags: { x: 1 } } }",
      ['properties.tags.x must be string, not int'],
    ],
    [
      "{ name: 'a', properties: { size: 1, parts: [ { shape: 'square' } ] } }",
      ['properties.parts.0.shape must be one of round, not square'],
    ],
    [
      "{ name: 'a', properties: { size: 1, parts: [ { shape: 'round', radius: 'x' } ] } }",
      ['properties.parts.0.radius must be int, not string'],
    ],
  ])('%s: %j', (body, expected) => {
    expect(problems(body)).toEqual(expected);
  });

  it('lets an unknown property pass where the rule about it is switched off', () => {
    expect(problems("{\n  name: 'a'\n  #disable-next-line BCP037\n  colour: 1\n}")).toEqual([]);
    expect(problems("{\n  name: 'a'\n  #disable-next-line BCP036\n  colour: 1\n}")).toEqual([
      'colour does not exist',
    ]);
  });
});
