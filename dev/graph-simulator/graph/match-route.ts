import { isGuid } from '../guid.ts';
import type { Endpoint } from './endpoint.ts';
import type { ApiVersion } from './messages.ts';

/** What a method and a path lead to. */
export type RouteMatch =
  | { kind: 'matched'; endpoint: Endpoint; parameters: string[] }
  | { kind: 'wrongMethod' }
  | { kind: 'unknownSegment'; segment: string };

const qualifier = 'microsoft.graph.';

/** Finds the endpoint of a request, or the segment of the path that no endpoint has. */
export function matchRoute(
  endpoints: readonly Endpoint[],
  version: ApiVersion,
  method: string,
  segments: readonly string[],
): RouteMatch {
  const candidates = endpoints
    .filter((endpoint) => endpoint.versions.includes(version))
    .map((endpoint) => ({ endpoint, pattern: endpoint.path.split('/') }))
    .map((candidate) => ({ ...candidate, depth: commonDepth(candidate.pattern, segments) }));
  const complete = candidates.filter(
    ({ pattern, depth }) => depth === pattern.length && depth === segments.length,
  );
  const match = complete.find(({ endpoint }) => endpoint.method === method);
  if (match !== undefined) {
    const parameters = segments.filter((_, at) => isParameter(match.pattern[at]));
    return { kind: 'matched', endpoint: match.endpoint, parameters };
  }
  if (complete.length > 0) return { kind: 'wrongMethod' };
  const deepest = Math.max(0, ...candidates.map(({ depth }) => depth));
  return { kind: 'unknownSegment', segment: segments[deepest] ?? segments.at(-1) ?? '' };
}

/** How many segments from the left agree with the pattern. */
function commonDepth(pattern: readonly string[], segments: readonly string[]): number {
  const differs = segments.findIndex((segment, at) => !segmentMatches(pattern[at], segment));
  return differs === -1 ? segments.length : differs;
}

function segmentMatches(pattern: string | undefined, segment: string): boolean {
  if (pattern === undefined) return false;
  if (isParameter(pattern)) return isGuid(segment);
  const [expected, given] = [pattern.toLowerCase(), segment.toLowerCase()];
  return given === expected || given === `${qualifier}${expected}`;
}

function isParameter(pattern: string | undefined): boolean {
  return pattern?.startsWith('{') ?? false;
}
