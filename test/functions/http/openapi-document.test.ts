import { app } from '@azure/functions';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openApiDocument } from '../../../src/functions/http/openapi-document.ts';
import { openApiHandler } from '../../../src/functions/http/openapi.ts';
import { runDocument } from '../../../src/functions/http/run-document.ts';
import { problemResponse, HttpProblem } from '../../../src/functions/http/problem.ts';
import { missingPermission } from '../../../src/core/problems.ts';
import { summarizePlan } from '../../../src/core/plan-summary.ts';
import { runRequestSchema } from '../../../src/schemas/run-request-schema.ts';
import { aRun, aRunId, batchDevices, startOfTest as now } from '../../support/factories.ts';
import { openApiContract } from '../../support/openapi-contract.ts';
import { callHttp } from '../support/call-http.ts';

interface Operation {
  readonly operationId: string;
  readonly security?: readonly object[];
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<Record<string, unknown>>;
}

/** The document as a caller gets it. */
const document = JSON.parse(JSON.stringify(openApiDocument())) as {
  readonly security: readonly object[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};

/** Every operation: its method in upper case, its path and what is said of it. */
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    ...operation,
    route: `${method.toUpperCase()} ${path}`,
  })),
);

describe('the OpenAPI document', () => {
  it('is one of OpenAPI 3.1', async () => {
    const validator = new Validator();
    const copy = structuredClone(document) as unknown as Record<string, unknown>;
    expect(await validator.validate(copy)).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('would not be one with an operation that has no answer', async () => {
    const copy = structuredClone(document) as unknown as {
      paths: { '/runs': { get: { responses?: object } } };
    };
    delete copy.paths['/runs'].get.responses;
    copy.paths['/runs'].get = { ...copy.paths['/runs'].get, responses: { odd: 1 } };
    const { valid } = await new Validator().validate({ ...copy });
    expect(valid).toBe(false);
  });

  it('refers to nothing that it does not hold', () => {
    const validator = new Validator();
    const specification = structuredClone(document) as unknown as Record<string, unknown>;
    const resolved = JSON.stringify(validator.resolveRefs({ specification }));
    expect(resolved).not.toContain('"$ref"');
  });

  it('gives every operation a name of its own', () => {
    const names = operations.map(({ operationId }) => operationId);
    expect(new Set(names).size).toBe(names.length);
  });

  it('asks for a key or a token on every route but /health', () => {
    expect(document.security).toEqual([{ functionKey: [] }, { entraId: [] }]);
    const open = operations.filter(({ security }) => security !== undefined);
    expect(open.map(({ route, security }) => ({ route, security }))).toEqual([
      { route: 'GET /health', security: [] },
    ]);
  });

  it('names every part of a path that varies', () => {
    for (const { route, parameters } of operations) {
      const inPath = parameters.filter((parameter) => parameter.in === 'path');
      const varying = Array.from(route.matchAll(/\{(\w+)\}/g), ([, name]) => name);
      expect(inPath.map(({ name }) => name)).toEqual(varying);
    }
  });

  it('is what GET /openapi.json answers', async () => {
    const handler = openApiHandler();
    for (const _time of [1, 2]) {
      expect(await callHttp(handler)).toMatchObject({ status: 200, body: document });
    }
  });
});

describe('the OpenAPI document and the app', () => {
  const registered: { name: string; route: string; isOpen: boolean }[] = [];

  beforeAll(async () => {
    for (const service of ['queue', 'table']) {
      const address = `https://account.${service}.core.windows.net`;
      vi.stubEnv(`AzureWebJobsStorage__${service}ServiceUri`, address);
    }
    vi.spyOn(app, 'timer').mockImplementation(() => undefined);
    vi.spyOn(app, 'storageQueue').mockImplementation(() => undefined);
    vi.spyOn(app, 'setup').mockImplementation(() => undefined);
    vi.spyOn(app, 'http').mockImplementation((name, { methods = [], route, authLevel }) => {
      for (const method of methods) {
        const isOpen = authLevel === 'anonymous';
        registered.push({ name, route: `${method} /${route ?? name}`, isOpen });
      }
    });
    await import('../../../src/index.ts');
  });
  afterAll(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });

  it('name the same functions, with their methods, routes and access', () => {
    const described = operations.map(({ operationId, route, security }) => ({
      name: operationId,
      route,
      isOpen: security !== undefined,
    }));
    const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
    expect(described.toSorted(byName)).toEqual(registered.toSorted(byName));
    expect(registered.length).toBeGreaterThan(0);
  });
});

describe('an answer of the API', () => {
  const check = openApiContract(document);
  const json = 'application/json';
  const problemJson = 'application/problem+json';
  const answer = (body: unknown, status = 200, contentType = json, path = `/runs/${aRunId}`) => ({
    method: 'GET',
    path,
    status,
    contentType,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

  const plan = summarizePlan(
    { devices: batchDevices(3), skipped: [] },
    { batchSize: 50, writesPerSecond: 8, batchDelayMs: 0 },
  );
  const problem = missingPermission(['Some.Role']);
  it.each([
    ['was just started', aRun()],
    ['was planned', aRun({ status: 'planned', dryRun: true, plan, usedBy: aRunId })],
    ['failed', aRun({ status: 'failed', completedAt: now, reason: 'drill', problem })],
    [
      'tries another one again',
      aRun({
        source: { kind: 'retry', runId: aRunId, outcomes: ['failed'] },
        retriedBy: [aRunId],
        scope: { platforms: ['windows'], exclude: { lastSyncOlderThan: 'P30D' } },
      }),
    ],
  ])('with a run that %s is as described', (_, run) => {
    expect(() => {
      check(answer(runDocument(run, now)));
    }).not.toThrow();
  });

  it('with a run that is not as described is found out', () => {
    const { totals: _totals, ...incomplete } = runDocument(aRun(), now);
    expect(() => {
      check(answer(incomplete));
    }).toThrow(/totals/);
  });

  it('with a problem is as described', () => {
    const { body } = problemResponse(
      new HttpProblem(400, 'A detail.', { errors: [{ path: 'limit', message: 'must be less' }] }),
    );
    expect(() => {
      check(answer(body, 400, problemJson, '/runs'));
    }).not.toThrow();
  });
});

describe('the body of POST /runs', () => {
  const { requestBody } = document.paths['/runs']?.['post'] as unknown as {
    requestBody: { content: { 'application/json': { schema: object } } };
  };
  const isDescribed = new Ajv2020({ strict: false, validateFormats: false }).compile(
    requestBody.content['application/json'].schema,
  );

  it.each([
    {},
    { reason: 'drill', scope: { platforms: ['windows'] }, skip: { staleDays: 30 } },
    { fromPlan: aRunId, onOverlap: 'coalesce' },
    { action: 'wipe' },
    { scope: { platform: ['windows'] } },
    { maxDevices: 0 },
    { maxDevices: 1.5 },
    { reason: '' },
    { timeoutMinutes: 10_081 },
    { force: true },
    [],
  ])('%j is described as it is parsed', (body) => {
    expect(isDescribed(body)).toBe(runRequestSchema.safeParse(body).success);
  });
});
