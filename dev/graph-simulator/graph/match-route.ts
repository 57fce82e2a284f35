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
    const parameters = segments.flatMap((segment, at) => parameterOf(match.pattern[at], segment));
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
  if (pattern.includes('{')) return parameterOf(pattern, segment).length > 0;
  const [expected, given] = [pattern.toLowerCase(), segment.toLowerCase()];
  return given === expected || given === `${qualifier}${expected}`;
}

/** The value of a segment with a parameter; none where the pattern has none, or is not met. */
function parameterOf(pattern: string | undefined, segment: string): string[] {
  const [, property, name] = /^(\w+=)?\{(\w+)\}$/.exec(pattern ?? '') ?? [];
  if (name === undefined || !segment.startsWith(property ?? '')) return [];
  const value = segment.slice(property?.length ?? 0);
  const isValue = name === 'key' ? /^[\w-]+$/.test(value) : isGuid(value);
  return isValue ? [value] : [];
}
