import type { GraphRequest } from '../graph/messages.ts';
import { directoryDeviceRoles, directoryUserRoles, groupMemberRoles } from '../graph/roles.ts';
import { parseSelect } from '../odata/parse-select.ts';
import { readEntity, type PropertyReader } from '../odata/read-entity.ts';
import type { Simulation } from '../simulation.ts';
import type { Member, MemberKind } from './groups.ts';

/** The permissions of which a caller needs one to see more of a member than its id and kind. */
const rolesToSee: Readonly<Record<MemberKind, readonly string[]>> = {
  device: directoryDeviceRoles,
  user: directoryUserRoles,
  group: groupMemberRoles,
};

/**
 * Members as Entra ID writes them. What the caller may not read comes "with limited information":
 * https://learn.microsoft.com/graph/permissions-overview#limited-information-returned-for-inaccessible-member-objects
 *
 * @param cast the one kind that was asked for; without it every member says what it is
 * @throws BadRequest for a property in `$select` that no kind of member has
 */
export function readMembers(
  { memberProperties }: Simulation,
  { caller, trace }: GraphRequest,
  select: string | null,
  members: readonly Member[],
  cast: MemberKind | undefined,
): Record<string, unknown>[] {
  const selectable = cast === undefined ? allOf(memberProperties) : memberProperties[cast];
  const selected = parseSelect(select, selectable, cast ?? 'directoryObject');
  return members.map(({ kind, index }) => {
    const properties = memberProperties[kind];
    const maySee = rolesToSee[kind].some((role) => caller.roles.includes(role));
    const known = selected.filter((name) => properties.has(name));
    const member = readEntity(maySee ? properties : idOnly(properties), known, index, trace.now);
    return cast === undefined ? { '@odata.type': `#microsoft.graph.${kind}`, ...member } : member;
  });
}

function allOf(properties: Simulation['memberProperties']): ReadonlyMap<string, PropertyReader> {
  return new Map(Object.values(properties).flatMap((readers) => [...readers]));
}

function idOnly(properties: ReadonlyMap<string, PropertyReader>): Map<string, PropertyReader> {
  return new Map([...properties].filter(([name]) => name === 'id'));
}
