import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import type { ActionParameters } from '../../../src/core/actions/action.ts';
import { type ActionName, actions } from '../../../src/core/actions/index.ts';
import { absent, conformance } from '../../support/conformance.ts';
import { aDeviceId } from '../../support/factories.ts';

/** Every command of every action: each value of each parameter, and the ones for bulk. */
const commands = (Object.keys(actions) as ActionName[]).flatMap((name) => {
  const { parameters, command } = actions[name];
  const choices = Object.entries<{ readonly values: readonly string[] }>(parameters);
  const values = choices.flatMap(([field, each]) =>
    each.values.map((value) => ({ [field]: value })),
  );
  return values.map((chosen: ActionParameters) => ({ name, chosen, command: command(chosen) }));
});

const requests = commands.flatMap(({ name, chosen, command }) => {
  const { version, bulk, request } = command;
  const title = `${name} ${JSON.stringify(chosen)}`;
  return [
    { title, version, ...request(aDeviceId(1)) },
    ...(bulk === undefined
      ? []
      : [{ title: `${title} in bulk`, version: bulk.version, ...bulk.request([aDeviceId(1)]) }]),
  ];
});

interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, { schema: object }>> };
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: object;
}

/** The operation of a request, and the schema of its body: nothing but what is described. */
function describedBy(description: Description, url: string, method: string) {
  const wanted = url.replace(aDeviceId(1), '{}');
  const path = Object.keys(description.paths).find(
    (each) => each.replaceAll(/\{[^}]*\}/g, '{}') === wanted,
  );
  const operation = description.paths[path ?? '']?.[method.toLowerCase()];
  const schema = operation?.requestBody?.content['application/json']?.schema;
  const { components } = description;
  return {
    isThere: operation !== undefined,
    bodySchema: { ...(schema ?? { type: 'object' }), additionalProperties: false, components },
  };
}

describe('every request of every action', () => {
  it('is of a kind that a test here knows', () => {
    expect(requests.map(({ title }) => title)).toHaveLength(2 + 1 + 7 + 2);
  });

  it.for(requests)('is described by Graph: $title', ({ version, method, url, body }, { skip }) => {
    const description = conformance(`graph/openapi-${version}-excerpt.json`) ?? skip(absent);
    const { isThere, bodySchema } = describedBy(description as Description, url, method);
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    const validate = ajv.compile(bodySchema);

    expect(isThere).toBe(true);
    expect(validate(body) ? [] : validate.errors).toEqual([]);
    expect(validate({ ...body, more: 1 })).toBe(false);
  });
});
