import { createDraw } from '../random.ts';
import type { ServicePrincipal } from './service-principals.ts';

/** Graph's `appRoleAssignment`: a role of one service principal that another one holds. */
export interface AppRoleAssignment {
  id: string;
  appRoleId: string;
  principalId: string;
  principalDisplayName: string;
  principalType: 'ServicePrincipal';
  resourceId: string;
  resourceDisplayName: string;
}

type Named = Pick<ServicePrincipal, 'id' | 'displayName'>;

/** Which service principal holds which app roles. */
export interface AppRoleAssignments {
  /** What a service principal holds, oldest first. */
  of(principalId: string): readonly AppRoleAssignment[];
  /** @returns `undefined` when it holds the role already */
  add(principal: Named, resource: Named, appRoleId: string): AppRoleAssignment | undefined;
  /** @returns whether there was such an assignment */
  remove(resourceId: string, assignmentId: string): boolean;
}

export function createAppRoleAssignments(seed: number): AppRoleAssignments {
  const createId = createAssignmentIds(seed);
  let all: AppRoleAssignment[] = [];
  const of = (id: string) => all.filter((one) => one.principalId === id.toLowerCase());
  return {
    of,
    add(principal, resource, appRoleId) {
      const isHeld = of(principal.id).some(
        (held) => held.appRoleId === appRoleId && held.resourceId === resource.id,
      );
      if (isHeld) return undefined;
      const assignment = toAssignment(createId(), principal, resource, appRoleId);
      all.push(assignment);
      return assignment;
    },
    remove(resourceId, assignmentId) {
      const before = all.length;
      all = all.filter(
        (one) => one.id !== assignmentId || one.resourceId !== resourceId.toLowerCase(),
      );
      return all.length < before;
    },
  };
}

function toAssignment(
  id: string,
  principal: Named,
  resource: Named,
  appRoleId: string,
): AppRoleAssignment {
  return {
    id,
    appRoleId,
    principalId: principal.id,
    principalDisplayName: principal.displayName,
    principalType: 'ServicePrincipal',
    resourceId: resource.id,
    resourceDisplayName: resource.displayName,
  };
}

/** Entra ID's ids of assignments are no GUIDs, but 32 bytes in base64url. */
function createAssignmentIds(seed: number): () => string {
  const draw = createDraw(seed, 'appRoleAssignment');
  let drawn = 0;
  return () => {
    const bytes = Array.from({ length: 32 }, () => Math.floor(draw(drawn++) * 256));
    return Buffer.from(bytes).toString('base64url');
  };
}
