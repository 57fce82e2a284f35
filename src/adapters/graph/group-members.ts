import { z } from 'zod';
import type { GroupMembers } from '../../core/match-scope.ts';
import { missingPermission, unknownGroup } from '../../core/problems.ts';
import { GROUP_ROLES } from '../../core/roles.ts';
import { ListingError } from '../../use-cases/ports.ts';
import { callGraph } from './graph-reply.ts';
import { type ListOptions, listPages } from './list-pages.ts';

/** Graph's largest page for members (learn.microsoft.com/graph/api/group-list-transitivemembers). */
const PAGE_SIZE = 999;

/** Casting members to a type needs advanced queries: this header, and `$count=true`. */
const advancedQuery = { ConsistencyLevel: 'eventual' };

const PROBE_TIMEOUT_MS = 30_000;

const [memberRole, deviceRole] = GROUP_ROLES;
const deviceSchema = z.object({ id: z.string(), deviceId: z.string().nullish() });
const userSchema = z.object({ id: z.string() });

/**
 * The devices and users in a group and in the groups inside it.
 *
 * @throws ListingError: no such group, a missing permission, or a list that ends early
 */
export async function readGroupMembers(
  options: ListOptions,
  groupId: string,
): Promise<GroupMembers> {
  const group = `/groups/${encodeURIComponent(groupId)}/transitiveMembers`;
  const query = `$count=true&$top=${PAGE_SIZE}`;
  const listing = { ...options, role: memberRole };
  const deviceUrl = `${group}/microsoft.graph.device?$select=id,deviceId&${query}`;
  const userUrl = `${group}/microsoft.graph.user?$select=id&${query}`;
  await checkExists(options, deviceUrl, groupId);

  const deviceIds = new Set<string>();
  for await (const page of listPages(listing, deviceUrl, deviceSchema, advancedQuery)) {
    for (const { deviceId } of page) {
      // Without the permission to read devices, members come without what tells which they are.
      if (typeof deviceId !== 'string') throw new ListingError(missingPermission([deviceRole]));
      deviceIds.add(deviceId.toLowerCase());
    }
  }
  const userIds = new Set<string>();
  for await (const page of listPages(listing, userUrl, userSchema, advancedQuery)) {
    for (const { id } of page) userIds.add(id.toLowerCase());
  }
  return { deviceIds, userIds };
}

/** A group that does not exist is the caller's mistake, not a list that failed. */
async function checkExists({ client }: ListOptions, url: string, groupId: string): Promise<void> {
  const call = { url, version: 'v1.0', timeoutMs: PROBE_TIMEOUT_MS, headers: advancedQuery };
  const reply = await callGraph(client, call);
  const isUnknown = reply.kind === 'failed' && reply.answer.status === 404;
  if (isUnknown) throw new ListingError(unknownGroup(groupId));
}
