import { ConfigurationError } from '../settings/configuration-error.ts';
import { parseRouteConstraint } from './route-constraint.ts';
import type { RouteConstraint } from './route-constraint.ts';

/** One segment of a route: literal text, parameters, or both. */
export interface RouteSegment {
  /** Matches the segment (a catch-all: the rest of the path); one group per parameter. */
  pattern: RegExp;
  parameters: { name: string; constraints: RouteConstraint[] }[];
  /** Value when the segment is absent; undefined inside an optional segment means "no parameter". */
  optional: boolean;
  defaultValue?: string;
  isCatchAll: boolean;
}

/** A route such as `runs/{id:guid}/devices`. */
export interface RouteTemplate {
  segments: RouteSegment[];
  /** Sorts before other templates when more specific: literal, constrained, plain, catch-all. */
  precedence: string;
}

const PARAMETER =
  /\{(\*{0,2})(\w+)((?::\w+(?:\((?:[^()]|\([^()]*\))*\))?)*)(?:=([^{}?]*))?(\?)?\}/g;

/**
 * Reads a route in ASP.NET notation: literals, `{name}`, `{name?}`, `{name=value}`, `{*rest}` and
 * constraints such as `{id:int}`.
 *
 * @param where what holds the route, for the error
 * @throws ConfigurationError when a brace or constraint cannot be read
 */
export function parseRouteTemplate(route: string, where: string): RouteTemplate {
  const text = route.replace(/^\/+|\/+$/g, '');
  const segments = splitSegments(text).map((part) => parseSegment(part, `${where} '${route}'`));
  const catchAll = segments.findIndex((segment) => segment.isCatchAll);
  if (catchAll >= 0 && catchAll < segments.length - 1) {
    throw new ConfigurationError(`${where} '${route}': a catch-all must be the last segment`);
  }
  return { segments, precedence: segments.map(rank).join('') };
}

/** Slashes inside braces belong to a constraint, such as a regular expression. */
function splitSegments(text: string): string[] {
  return text === '' ? [] : text.split(/\/(?![^{]*\})/);
}

function parseSegment(text: string, where: string): RouteSegment {
  const parameters: RouteSegment['parameters'] = [];
  const segment: RouteSegment = { pattern: /^$/, parameters, optional: false, isCatchAll: false };
  let source = '';
  let position = 0;
  for (const match of text.matchAll(PARAMETER)) {
    const [whole, star = '', name = '', constraints = '', defaultValue, optional] = match;
    source += literal(text.slice(position, match.index), where);
    position = match.index + whole.length;
    segment.isCatchAll ||= star !== '';
    segment.optional ||= optional !== undefined || defaultValue !== undefined || star !== '';
    if (defaultValue !== undefined) segment.defaultValue = defaultValue;
    source += star === '' ? '([^/]+?)' : '(.*)';
    parameters.push({ name, constraints: splitConstraints(constraints, where) });
  }
  source += literal(text.slice(position), where);
  segment.pattern = new RegExp(`^${source}$`, 'i');
  return segment;
}

function splitConstraints(text: string, where: string): RouteConstraint[] {
  const parts = text.match(/\w+(?:\((?:[^()]|\([^()]*\))*\))?/g) ?? [];
  return parts.map((part) => parseRouteConstraint(part, where));
}

function literal(text: string, where: string): string {
  if (/[{}]/.test(text)) {
    throw new ConfigurationError(
      `${where}: cannot read '${text}'; write parameters as {name:constraint}`,
    );
  }
  return text.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`);
}

function rank({ parameters, isCatchAll }: RouteSegment): number {
  if (parameters.length === 0) return 1;
  const isConstrained = parameters.some(({ constraints }) => constraints.length > 0);
  if (isCatchAll) return isConstrained ? 4 : 5;
  return isConstrained ? 2 : 3;
}
