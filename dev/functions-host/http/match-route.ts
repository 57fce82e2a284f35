import type { RouteSegment, RouteTemplate } from './route-template.ts';

/** Route parameters by name. */
export type RouteParameters = Record<string, string>;

/**
 * Matches a path against a route, ignoring case.
 *
 * @param path the path's segments after the route prefix, decoded
 * @returns the parameters, or undefined when the path is another one or a constraint fails
 */
export function matchRoute(
  template: RouteTemplate,
  path: readonly string[],
): RouteParameters | undefined {
  const parameters: RouteParameters = {};
  for (const [index, segment] of template.segments.entries()) {
    const text = segment.isCatchAll ? path.slice(index).join('/') : path[index];
    if (text === undefined || (segment.isCatchAll && text === '')) {
      if (!segment.optional) return undefined;
      const [parameter] = segment.parameters;
      if (parameter !== undefined && segment.defaultValue !== undefined) {
        parameters[parameter.name] = segment.defaultValue;
      }
      continue;
    }
    if (!matchSegment(segment, text, parameters)) return undefined;
  }
  const isWhole = path.length <= template.segments.length;
  return isWhole || template.segments.at(-1)?.isCatchAll === true ? parameters : undefined;
}

/** Adds the segment's parameters; says whether the text fits. */
function matchSegment(segment: RouteSegment, text: string, parameters: RouteParameters): boolean {
  const match = segment.pattern.exec(text);
  if (match === null) return false;
  for (const [index, { name, constraints }] of segment.parameters.entries()) {
    const value = match[index + 1] ?? '';
    if (!constraints.every((accepts) => accepts(value))) return false;
    parameters[name] = value;
  }
  return true;
}
