import { BadRequest } from '../graph/bad-request.ts';
import type { GraphRequest } from '../graph/messages.ts';

/** Default and largest page: https://github.com/microsoftgraph/microsoft-graph-docs/issues/4636 */
const defaultTop = 100;
const largestTop = 999;

const unsupported = 'Request_UnsupportedQuery';
const understood = ['$select', '$top', '$count', '$skiptoken'];

/** Which members of a group a request asks for. */
export interface MembersQuery {
  select: string | null;
  /** Members per page, 1 to 999. */
  top: number;
  /** How many members the pages before held. */
  skip: number;
  /** Whether the total is asked for and allowed: it needs the header `ConsistencyLevel`. */
  withCount: boolean;
}

/**
 * Reads the query options of a listing of members.
 *
 * @param isCast whether only one kind of member is asked for, which Entra ID allows as an advanced
 *   query only: https://learn.microsoft.com/graph/aad-advanced-queries
 * @throws BadRequest for a cast without header and `$count`, and for what is not supported
 */
export function parseMembersQuery({ query, headers }: GraphRequest, isCast: boolean): MembersQuery {
  const other = [...query.keys()].find(
    (name) => name.startsWith('$') && !understood.includes(name),
  );
  const isEventual = String(headers['consistencylevel']).toLowerCase() === 'eventual';
  const withCount = isEventual && query.get('$count') === 'true';
  if (other !== undefined || (isCast && !withCount)) {
    throw new BadRequest(
      'The specified filter to the reference property query is currently not supported.',
      { code: unsupported },
    );
  }
  return {
    select: query.get('$select'),
    top: parseTop(query.get('$top')),
    skip: parseSkipToken(query.get('$skiptoken')),
    withCount,
  };
}

/** A token that says how many items came before, but not so that a client would read it. */
export function formatMemberToken(skip: number): string {
  return Buffer.from(`members:${skip}`).toString('base64url');
}

/** @returns items per page, 100 by default @throws BadRequest for one that is not from 1 to 999 */
export function parseTop(text: string | null): number {
  if (text === null) return defaultTop;
  const top = /^\d+$/.test(text) ? Number(text) : 0;
  if (top >= 1 && top <= largestTop) return top;
  throw new BadRequest(
    `Invalid page size specified: '${text}'. Must be between 1 and ${largestTop} inclusive.`,
  );
}

/** @returns how many items the pages before held @throws BadRequest for any other token */
export function parseSkipToken(token: string | null): number {
  if (token === null) return 0;
  const [, skip] = /^members:(\d+)$/.exec(Buffer.from(token, 'base64url').toString('utf8')) ?? [];
  if (skip !== undefined) return Number(skip);
  throw new BadRequest('The $skiptoken is not one that an @odata.nextLink contained.');
}
