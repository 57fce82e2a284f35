import { z } from 'zod';
import type { Answer, CallOptions, TestGraph } from './a-graph.ts';
import { aToken } from './a-token.ts';

const pageSchema = z.object({
  '@odata.count': z.number().optional(),
  '@odata.nextLink': z.string().optional(),
  value: z.array(z.record(z.string(), z.unknown())),
});

export type Member = Record<string, unknown>;

export const groupRole = 'GroupMember.Read.All';
export const deviceRole = 'Device.Read.All';
export const userRole = 'User.ReadBasic.All';

/** The header without which Entra ID refuses advanced queries. */
export const eventual = { ConsistencyLevel: 'eventual' };

/** A call as an app that may read groups and their devices, with the header. */
export function asReader(roles = [groupRole, deviceRole, userRole]): CallOptions {
  return { token: aToken({ roles }), headers: eventual };
}

export function membersPath(group: string, cast?: string, query = '$count=true'): string {
  const suffix = cast === undefined ? '' : `/microsoft.graph.${cast}`;
  return `/v1.0/groups/${group}/transitiveMembers${suffix}?${query}`;
}

/** The members, the total and the link of a page. */
export function membersOf(answer: Answer) {
  const page = pageSchema.parse(JSON.parse(answer.text));
  return { members: page.value, count: page['@odata.count'], next: page['@odata.nextLink'] };
}

/** Follows the links to the end, with the header on every page. */
export async function listMembers(
  graph: TestGraph,
  group: string,
  cast?: string,
  query?: string,
): Promise<Member[]> {
  const members: Member[] = [];
  let next: string | undefined = membersPath(group, cast, query);
  while (next !== undefined) {
    const page = membersOf(await graph.call(next, asReader()));
    members.push(...page.members);
    next = page.next;
  }
  return members;
}
