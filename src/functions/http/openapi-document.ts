import { z } from 'zod';
import {
  devicePageSchema,
  healthSchema,
  problemSchema,
  runDocumentSchema,
  runPageSchema,
} from '../../schemas/run-document-schema.ts';
import { retryRequestSchema, runRequestSchema } from '../../schemas/run-request-schema.ts';

const bodies = {
  Run: runDocumentSchema,
  RunPage: runPageSchema,
  DevicePage: devicePageSchema,
  Health: healthSchema,
  Problem: problemSchema,
} as const;

type BodyName = keyof typeof bodies;

interface Operation {
  readonly id: string;
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly summary: string;
  readonly request?: z.ZodType;
  /** Status -> body; `csv` and `document` for what is not described by a schema. */
  readonly answers: Readonly<Record<number, BodyName | 'document'>>;
  readonly query?: readonly string[];
  readonly isOpen?: boolean;
}

const starts = {
  202: 'Run',
  400: 'Problem',
  409: 'Problem',
  413: 'Problem',
  415: 'Problem',
} as const;
const down = { 503: 'Problem' } as const;

const operations: readonly Operation[] = [
  {
    id: 'startRun',
    method: 'post',
    path: '/runs',
    summary: 'Starts a run',
    request: runRequestSchema,
    answers: { 200: 'Run', ...starts, 404: 'Problem', ...down },
  },
  {
    id: 'listRuns',
    method: 'get',
    path: '/runs',
    summary: 'Runs, newest first',
    query: ['status', 'trigger', 'limit', 'continuationToken'],
    answers: { 200: 'RunPage', 400: 'Problem', ...down },
  },
  {
    id: 'getRun',
    method: 'get',
    path: '/runs/{id}',
    summary: 'A run',
    answers: { 200: 'Run', 404: 'Problem', ...down },
  },
  {
    id: 'getRunDevices',
    method: 'get',
    path: '/runs/{id}/devices',
    summary: 'What became of each device of a run, as JSON or CSV',
    query: ['outcome', 'format', 'limit', 'continuationToken'],
    answers: { 200: 'DevicePage', 400: 'Problem', 404: 'Problem', ...down },
  },
  {
    id: 'cancelRun',
    method: 'post',
    path: '/runs/{id}/cancel',
    summary: 'Stops a run',
    answers: { 202: 'Run', 404: 'Problem', 409: 'Problem', ...down },
  },
  {
    id: 'retryRun',
    method: 'post',
    path: '/runs/{id}/retry',
    summary: 'Starts a run over what failed in another',
    request: retryRequestSchema,
    answers: { ...starts, 404: 'Problem', ...down },
  },
  {
    id: 'health',
    method: 'get',
    path: '/health',
    summary: "Each dependency's state",
    isOpen: true,
    answers: { 200: 'Health', 503: 'Health' },
  },
  {
    id: 'openApi',
    method: 'get',
    path: '/openapi.json',
    summary: 'This document',
    answers: { 200: 'document' },
  },
];

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
    security: [{ functionKey: [] }],
    paths,
    components: {
      schemas: Object.fromEntries(
        Object.entries(bodies).map(([name, schema]) => [name, toJsonSchema(schema, 'input')]),
      ),
      securitySchemes: {
        functionKey: { type: 'apiKey', in: 'header', name: 'x-functions-key' },
      },
    },
  };
}

function describe({ id, summary, path, request, answers, query = [], isOpen }: Operation) {
  const inPath = path.includes('{id}') ? [parameter('id', 'path')] : [];
  const idempotent = request === undefined ? [] : [parameter('Idempotency-Key', 'header')];
  const body = { 'application/json': { schema: toJsonSchema(request ?? z.unknown(), 'input') } };
  return {
    operationId: id,
    summary,
    ...(isOpen === true ? { security: [] } : {}),
    parameters: [...inPath, ...query.map((name) => parameter(name, 'query')), ...idempotent],
    ...(request === undefined ? {} : { requestBody: { required: false, content: body } }),
    responses: Object.fromEntries(
      Object.entries(answers).map(([status, name]) => [status, answer(name, id)]),
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
