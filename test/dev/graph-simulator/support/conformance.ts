import { existsSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { z } from 'zod';

const folder = new URL('../../../../../shared/conformance/graph/', import.meta.url);

/** Whether the published schemas are there; without them the tests that need them are skipped. */
export const hasConformanceData = existsSync(new URL('openapi-v1.0-excerpt.json', folder));

if (!hasConformanceData) {
  console.warn(
    'Skipped: ../shared/conformance/graph is absent, answers are not checked against it.',
  );
}

export function readConformance(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as unknown;
}

const fixturesSchema = z.object({
  fixtures: z.array(z.object({ name: z.string(), status: z.number(), body: z.unknown() })),
});

/** A recorded or documented answer. */
export function fixtureNamed(name: string) {
  const { fixtures } = fixturesSchema.parse(readConformance('error-fixtures.json'));
  const fixture = fixtures.find((one) => one.name === name);
  if (fixture === undefined) throw new Error(`There is no fixture ${name}.`);
  return fixture;
}

/**
 * A validator for a schema of the OpenAPI excerpt.
 *
 * @param version `v1.0` or `beta`
 * @param pointer JSON pointer inside the document
 */
export function validatorOf(version: string, pointer: string): ValidateFunction {
  const document = readConformance(`openapi-${version}-excerpt.json`);
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema(toJsonSchema(document) as object, 'openapi');
  return ajv.compile({ $ref: `openapi#${pointer}` });
}

/** The schema name of the answer that the excerpt gives for an operation that succeeds. */
export function successPointer(version: string, path: string, method: string): string {
  const document = readConformance(`openapi-${version}-excerpt.json`);
  const responseSchema = z.object({ $ref: z.string().optional() });
  const pathsSchema = z.object({
    paths: z.record(
      z.string(),
      z.record(
        z.string(),
        z.object({ responses: z.object({ '2XX': responseSchema }) }).or(z.unknown()),
      ),
    ),
  });
  const operation = z
    .object({ responses: z.object({ '2XX': responseSchema }) })
    .parse(pathsSchema.parse(document).paths[path]?.[method]);
  const reference = operation.responses['2XX'].$ref;
  const own = `/paths/${escape(path)}/${method}/responses/2XX`;
  return `${reference?.slice(1) ?? own}/content/application~1json/schema`;
}

function escape(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}

/**
 * OpenAPI 3.0 as JSON Schema: `nullable` becomes a type, and `additionalProperties` of type object,
 * which the generator put everywhere, goes, as it would refuse OData's own `@odata.` annotations.
 */
function toJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toJsonSchema);
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    if (key !== 'additionalProperties') copy[key] = toJsonSchema(inner);
  }
  if (copy['nullable'] === true && typeof copy['type'] === 'string') {
    copy['type'] = [copy['type'], 'null'];
  }
  return copy;
}
