import { GRAPH_APP_ID } from '../../core/roles.ts';
import type { HttpCall } from '../api/exchange.ts';

/** By what a service principal is looked for: its object id, or the client id of its application. */
export type PrincipalKey = { readonly id: string } | { readonly clientId: string };

/**
 * Everything that can be asked of the directory. The two that change something grant or revoke an app
 * role of Microsoft Graph; no other change can be expressed.
 */
export type DirectoryRequest =
  | { readonly kind: 'findGraph' }
  | { readonly kind: 'findPrincipal'; readonly key: PrincipalKey }
  | { readonly kind: 'listAssignments'; readonly principalId: string }
  /** @param url a link that a page carried, on the same Graph */
  | { readonly kind: 'nextPage'; readonly url: string }
  | {
      readonly kind: 'grant';
      readonly graphId: string;
      readonly principalId: string;
      readonly appRoleId: string;
    }
  | { readonly kind: 'revoke'; readonly graphId: string; readonly assignmentId: string };

/**
 * The request as it goes over the wire, without the token.
 *
 * @param endpoint Graph's root, without a version
 */
export function httpCallOf(request: DirectoryRequest, endpoint: string): HttpCall {
  const all = `${endpoint}/v1.0/servicePrincipals`;
  const headers = {};
  switch (request.kind) {
    case 'findGraph':
      return {
        method: 'GET',
        address: `${all}(appId='${GRAPH_APP_ID}')?$select=id,appRoles`,
        headers,
      };
    case 'findPrincipal': {
      const select = '$select=id,appId,displayName,servicePrincipalType';
      return { method: 'GET', address: `${all}${pathOf(request.key)}?${select}`, headers };
    }
    case 'listAssignments': {
      const address = `${all}/${encodeURIComponent(request.principalId)}/appRoleAssignments`;
      return { method: 'GET', address, headers };
    }
    case 'nextPage':
      return { method: 'GET', address: request.url, headers };
    case 'grant': {
      const { graphId, principalId, appRoleId } = request;
      return {
        method: 'POST',
        address: `${all}/${encodeURIComponent(graphId)}/appRoleAssignedTo`,
        headers: { 'content-type': 'application/json' },
        body: { principalId, resourceId: graphId, appRoleId },
      };
    }
    case 'revoke': {
      const [graph, assignment] = [request.graphId, request.assignmentId].map(encodeURIComponent);
      return {
        method: 'DELETE',
        address: `${all}/${graph ?? ''}/appRoleAssignedTo/${assignment ?? ''}`,
        headers,
      };
    }
  }
}

function pathOf(key: PrincipalKey): string {
  if ('id' in key) return `/${encodeURIComponent(key.id)}`;
  return `(appId='${encodeURIComponent(key.clientId)}')`;
}
