import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  startGraphSimulator,
  type ServicePrincipalOptions,
} from '../../../dev/graph-simulator/index.ts';
import { aGraph, type TestGraph } from './support/a-graph.ts';
import { aToken, readRole } from './support/a-token.ts';
import { errorOf } from './support/graph-calls.ts';

const graphAppId = '00000003-0000-0000-c000-000000000000';
const appId = 'bbbbbbbb-0000-4000-8000-000000000001';
const id = 'bbbbbbbb-0000-4000-8000-000000000002';
const unknownId = 'bbbbbbbb-0000-4000-8000-00000000000f';
const readRoleId = '2f51be20-0bb4-4fed-bf7b-db946066c75e';
const appsRoleId = '7a6ee1e7-141e-4cec-ae74-d9db155731ff';

const reader = aToken({ roles: ['Application.Read.All'] });
const writerOnly = aToken({ roles: ['AppRoleAssignment.ReadWrite.All'] });
const administrator = aToken({
  roles: [],
  scp: 'AppRoleAssignment.ReadWrite.All Application.Read.All',
});

const aTenant = (options: Partial<ServicePrincipalOptions> = {}) =>
  aGraph({ servicePrincipals: [{ id, appId, displayName: 'fleet-sync', ...options }] });

const entitySchema = z.looseObject({ id: z.string() });

async function getOne(graph: TestGraph, path: string) {
  const { text } = await graph.call(`/v1.0/servicePrincipals${path}`, { token: reader });
  return entitySchema.parse(JSON.parse(text));
}

const graphId = async (graph: TestGraph) => (await getOne(graph, `(appId='${graphAppId}')`)).id;

const pageSchema = z.object({
  '@odata.nextLink': z.string().optional(),
  value: z.array(z.looseObject({ id: z.string(), appRoleId: z.string(), resourceId: z.string() })),
});

async function listPage(
  graph: TestGraph,
  url = `/v1.0/servicePrincipals/${id}/appRoleAssignments`,
) {
  const page = pageSchema.parse(JSON.parse((await graph.call(url, { token: reader })).text));
  return { assignments: page.value, next: page['@odata.nextLink'] };
}

async function grant(graph: TestGraph, body: object = {}, token = administrator) {
  const resourceId = await graphId(graph);
  return graph.call(`/v1.0/servicePrincipals/${resourceId}/appRoleAssignedTo`, {
    method: 'POST',
    token,
    body: { principalId: id, resourceId, appRoleId: readRoleId, ...body },
  });
}

async function revoke(graph: TestGraph, assignmentId: string, token = administrator) {
  const path = `/v1.0/servicePrincipals/${await graphId(graph)}/appRoleAssignedTo/${assignmentId}`;
  return graph.call(path, { method: 'DELETE', token });
}

describe('a service principal', () => {
  it('is found by its object id and by its application id', async () => {
    const graph = await aTenant();
    const expected = {
      id,
      appId,
      displayName: 'fleet-sync',
      servicePrincipalType: 'ManagedIdentity',
    };
    expect(await getOne(graph, `/${id}`)).toMatchObject(expected);
    expect(await getOne(graph, `(appId='${appId}')`)).toMatchObject(expected);
    expect(await getOne(graph, `/${id}?$select=id,displayName`)).toEqual({
      '@odata.context': `${graph.simulator.url}/v1.0/$metadata#servicePrincipals/$entity`,
      id,
      displayName: 'fleet-sync',
    });
  });

  it('is not found by the other id', async () => {
    const graph = await aTenant();
    for (const path of [`/${appId}`, `(appId='${id}')`, `/${unknownId}`]) {
      const call = graph.call(`/v1.0/servicePrincipals${path}`, { token: reader });
      expect(errorOf(await call)).toMatchObject({ status: 404, code: 'Request_ResourceNotFound' });
    }
  });

  it('of Microsoft Graph is in every tenant, with its app roles', async () => {
    const roles = (await getOne(await aGraph(), `(appId='${graphAppId}')`))['appRoles'];
    expect(roles).toContainEqual({
      id: readRoleId,
      value: readRole,
      displayName: readRole,
      isEnabled: true,
      allowedMemberTypes: ['Application'],
    });
  });

  it.each([
    [{ id: 'x' }, 'servicePrincipals.0.id: a GUID is expected'],
    [{ graphRoles: ['Shoes.Read.All'] }, 'Graph has no app role Shoes.Read.All'],
  ])('with %j is refused', async (options, message) => {
    const servicePrincipals = [{ id, appId, displayName: 'fleet-sync', ...options }];
    const certificate = { key: '', cert: '' };
    const started = startGraphSimulator({ certificate, fleet: { devices: 1 }, servicePrincipals });
    await expect(started).rejects.toThrow(message);
  });
});

describe('what it is granted', () => {
  it('is nothing at first, or what the tenant was started with', async () => {
    expect(await listPage(await aTenant())).toEqual({ assignments: [], next: undefined });
    const graph = await aTenant({ graphRoles: [readRole] });
    expect((await listPage(graph)).assignments).toEqual([
      {
        id: expect.stringMatching(/^[\w-]{43}$/) as string,
        appRoleId: readRoleId,
        principalId: id,
        principalDisplayName: 'fleet-sync',
        principalType: 'ServicePrincipal',
        resourceId: await graphId(graph),
        resourceDisplayName: 'Microsoft Graph',
      },
    ]);
  });

  it('comes 100 a page, roles of other APIs first', async () => {
    const graph = await aTenant({ graphRoles: [readRole], otherRoles: 120 });
    const first = await listPage(graph);
    const second = await listPage(graph, first.next);
    const resources = [...first.assignments, ...second.assignments].map((one) => one.resourceId);
    const ofGraph = await graphId(graph);
    expect([first.assignments.length, second.assignments.length]).toEqual([100, 21]);
    expect(second.next).toBeUndefined();
    expect(resources.indexOf(ofGraph)).toBe(120);
  });

  it('changes by a grant and by its revocation, once each', async () => {
    const graph = await aTenant();
    const granted = await grant(graph);
    const { assignments } = await listPage(graph);
    expect(granted.status).toBe(201);
    expect(assignments).toEqual([expect.objectContaining({ appRoleId: readRoleId })]);
    expect(JSON.parse(granted.text)).toMatchObject(assignments[0] ?? {});
    expect(errorOf(await grant(graph))).toMatchObject({
      status: 400,
      code: 'Request_BadRequest',
      message: 'Permission being assigned already exists on the object',
    });
    const assignmentId = assignments[0]?.id ?? '';
    expect(await revoke(graph, assignmentId)).toMatchObject({ status: 204, text: '' });
    expect((await listPage(graph)).assignments).toEqual([]);
    expect((await revoke(graph, assignmentId)).status).toBe(404);
  });

  it.each([
    [{ appRoleId: unknownId }, 400, 'Permission being assigned was not found on application'],
    [{ resourceId: id }, 400, 'Not a valid reference update.'],
    [{ principalId: unknownId }, 404, `Resource '${unknownId}' does not exist`],
    [{ appRoleId: appsRoleId, force: true }, 400, '"force"'],
    [{ appRoleId: 'x' }, 400, 'body.appRoleId: '],
  ])('does not change by a grant with %j', async (body, status, message) => {
    const graph = await aTenant();
    const error = errorOf(await grant(graph, body));
    expect(error.status).toBe(status);
    expect(error.message).toContain(message);
    expect((await listPage(graph)).assignments).toEqual([]);
  });

  it('does not change by another API: only roles of Graph are revoked at Graph', async () => {
    const graph = await aTenant({ otherRoles: 1 });
    const { assignments } = await listPage(graph);
    expect((await revoke(graph, assignments[0]?.id ?? '')).status).toBe(404);
    expect(await listPage(graph)).toEqual({ assignments, next: undefined });
  });
});

describe('access to service principals', () => {
  const refused = { status: 403, code: 'Authorization_RequestDenied' };

  it('takes a permission to read', async () => {
    const graph = await aTenant();
    for (const path of [`/${id}`, `/${id}/appRoleAssignments`, `(appId='${graphAppId}')`]) {
      const url = `/v1.0/servicePrincipals${path}`;
      expect(errorOf(await graph.call(url, { token: aToken() }))).toMatchObject(refused);
      expect((await graph.call(url, { token: reader })).status).toBe(200);
    }
  });

  it.each([
    ['one that may only read', reader],
    ['one that may only grant', writerOnly],
  ])('to grant and revoke is refused for %s', async (_, token) => {
    const graph = await aTenant({ graphRoles: [readRole] });
    const { assignments } = await listPage(graph);
    expect(errorOf(await grant(graph, { appRoleId: appsRoleId }, token))).toMatchObject(refused);
    expect(errorOf(await revoke(graph, assignments[0]?.id ?? '', token))).toMatchObject(refused);
    expect((await listPage(graph)).assignments).toEqual(assignments);
  });
});
