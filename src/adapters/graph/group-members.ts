import { z } from 'zod';
import type { GroupMembersPage } from '../../core/match-scope.ts';
import { missingPermission, unknownGroup } from '../../core/problems.ts';
import { GROUP_ROLES } from '../../core/roles.ts';
import { ListingError } from '../../use-cases/ports.ts';
import { type ListOptions, listPages } from './list-pages.ts';

/** Graph's largest page for members (learn.microsoft.com/graph/api/group-list-transitivemembers). */
const PAGE_SIZE = 999;

/** Casting members to a type needs advanced queries: this header, and `$count=true`. */
const advancedQuery = { ConsistencyLevel: 'eventual' };

const [memberRole, deviceRole] = GROUP_ROLES;
const deviceSchema = z.object({ id: z.string(), deviceId: z.string().nullish() });
const userSchema = z.object({ id: z.string() });

/**
 * The devices and users in a group and in the groups inside it, page by page.
 *
 * @throws ListingError: no such group, a missing permission, or a list that ends early
 */
export async function* listGroupMembers(
  options: ListOptions,
  groupId: string,
): AsyncIterable<GroupMembersPage> {
  const group = `/groups/${encodeURIComponent(groupId)}/transitiveMembers`;
  const query = `$count=true&$top=${PAGE_SIZE}`;
  // A group that does not exist is the caller's mistake, not a list that failed.
  const listing = { ...options, role: memberRole, ifMissing: unknownGroup(groupId) };
  const deviceUrl = `${group}/microsoft.graph.device?$select=id,deviceId&${query}`;
  for await (const page of listPages(listing, deviceUrl, deviceSchema, advancedQuery)) {
    yield { deviceIds: page.map(entraIdOf), userIds: [] };
  }
  const userUrl = `${group}/microsoft.graph.user?$select=id&${query}`;
  for await (const page of listPages(listing, userUrl, userSchema, advancedQuery)) {
    yield { deviceIds: [], userIds: page.map(({ id }) => id.toLowerCase()) };
  }
}

/** Without the permission to read devices, members come without what tells which they are. */
function entraIdOf({ deviceId }: z.output<typeof deviceSchema>): string {
  if (typeof deviceId !== 'string') throw new ListingError(missingPermission([deviceRole]));
  return deviceId.toLowerCase();
}
