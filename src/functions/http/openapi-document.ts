import { z } from 'zod';
import { type BodyName, type Operation, bodies, operations } from './openapi-operations.ts';

/**
 * The OpenAPI 3.1 description of the API, made from the schemas that parse the requests and describe
 * the answers: it cannot say anything else than the code does.
 */
export function openApiDocument() {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    (paths[operation.path] ??= {})[operation.method] = describe(operation);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'fleet-sync', version: '1', license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/api' }],
    // Which of the two it takes is the app's setting.
    security: [{ functionKey: [] }, { entraId: [] }],
    paths,
    components: {
      schemas: Object.fromEntries(
        Object.entries(bodies).map(([name, schema]) => [name, toJsonSchema(schema, 'input')]),
      ),
      securitySchemes: {
        functionKey: { type: 'apiKey', in: 'header', name: 'x-functions-key' },
        entraId: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      },
    },
  };
}

/** What every operation answers to callers that may not use it, or that cannot be verified now. */
const refusals = { 401: 'Problem', 403: 'Problem', 503: 'Problem' } as const;

function describe(operation: Operation) {
  const { id, summary, path, request, answers, query = [], isOpen } = operation;
  const { isBodyRequired = false } = operation;
  const inPath = path.includes('{id}') ? [parameter('id', 'path')] : [];
  const isKeyed = request !== undefined && !isBodyRequired;
  const idempotent = isKeyed ? [parameter('Idempotency-Key', 'header')] : [];
  const body = { 'application/json': { schema: toJsonSchema(request ?? z.unknown(), 'input') } };
  return {
    operationId: id,
    summary,
    ...(isOpen === true ? { security: [] } : {}),
    parameters: [...inPath, ...query.map((name) => parameter(name, 'query')), ...idempotent],
    ...(request === undefined ? {} : { requestBody: { required: isBodyRequired, content: body } }),
    responses: Object.fromEntries(
      Object.entries({ ...(isOpen === true ? {} : refusals), ...answers }).map(([status, name]) => [
        status,
        answer(name, id),
      ]),
    ),
  };
}

function parameter(name: string, place: 'path' | 'query' | 'header') {
  return { name, in: place, required: place === 'path', schema: { type: 'string' } };
}

function answer(name: BodyName | 'document', operationId: string) {
  if (name === 'document') {
    return {
      description: 'OpenAPI',
      content: { 'application/json': { schema: { type: 'object' } } },
    };
  }
  const type = name === 'Problem' ? 'application/problem+json' : 'application/json';
  const csv = { 'text/csv': { schema: { type: 'string' } } };
  const hasCsv = operationId === 'getRunDevices' && name === 'DevicePage';
  return {
    description: name,
    content: {
      [type]: { schema: { $ref: `#/components/schemas/${name}` } },
      ...(hasCsv ? csv : {}),
    },
  };
}

/** A schema without the references that only hold inside its own document. */
function toJsonSchema(schema: z.ZodType, io: 'input' | 'output') {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    reused: 'inline',
    unrepresentable: 'any',
    metadata: z.registry<{ description: string }>(),
    override: ({ zodSchema, jsonSchema }) => {
      const meta = z.globalRegistry.get(zodSchema as unknown as z.ZodType);
      if (meta?.description !== undefined) jsonSchema.description = meta.description;
    },
  });
  return rest;
}
