import { expect, test } from 'vitest';
import { httpCallOf } from '../../../src/cli/permissions/directory-request.ts';

const endpoint = 'https://graph.microsoft.com';
const root = `${endpoint}/v1.0/servicePrincipals`;

test.each([
  [
    { kind: 'findGraph' as const },
    `GET ${root}(appId='00000003-0000-0000-c000-000000000000')?$select=id,appRoles`,
  ],
  [
    { kind: 'findPrincipal' as const, key: { id: 'a' } },
    `GET ${root}/a?$select=id,appId,displayName,servicePrincipalType`,
  ],
  [
    { kind: 'findPrincipal' as const, key: { clientId: 'a' } },
    `GET ${root}(appId='a')?$select=id,appId,displayName,servicePrincipalType`,
  ],
  [{ kind: 'listAssignments' as const, principalId: 'a' }, `GET ${root}/a/appRoleAssignments`],
  [{ kind: 'nextPage' as const, url: `${root}/next` }, `GET ${root}/next`],
  [
    { kind: 'revoke' as const, graphId: 'g', assignmentId: 'x' },
    `DELETE ${root}/g/appRoleAssignedTo/x`,
  ],
  [
    { kind: 'revoke' as const, graphId: '../users', assignmentId: 'x/../../me' },
    `DELETE ${root}/..%2Fusers/appRoleAssignedTo/x%2F..%2F..%2Fme`,
  ],
])('%j is %s, without a body', (request, call) => {
  const { method, address, headers, body } = httpCallOf(request, endpoint);
  expect([`${method} ${address}`, headers, body]).toEqual([call, {}, undefined]);
});

test('a grant is a POST to Graph that names the principal and the role', () => {
  const request = { kind: 'grant' as const, graphId: 'g', principalId: 'p', appRoleId: 'r' };
  expect(httpCallOf(request, endpoint)).toEqual({
    method: 'POST',
    address: `${root}/g/appRoleAssignedTo`,
    headers: { 'content-type': 'application/json' },
    body: { principalId: 'p', resourceId: 'g', appRoleId: 'r' },
  });
});
