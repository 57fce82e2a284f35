import type { Simulation } from '../simulation.ts';

export interface ControlRequest {
  query: URLSearchParams;
  /** The parsed JSON body, undefined when there was none. */
  body: unknown;
  /** The value of the path's `{id}`, otherwise ''. */
  id: string;
}

/** One route of the control server; what `handle` returns is the answer's body. */
export interface ControlRoute {
  method: 'GET' | 'PUT' | 'PATCH' | 'POST';
  /** At most one segment is `{id}`, which stands for any text. */
  path: string;
  summary: string;
  /**
   * @throws BadRequest that names the bad field
   * @throws NotFound when there is nothing with the id
   */
  handle(simulation: Simulation, request: ControlRequest): unknown;
}

/** What the path names does not exist; answered with 404 and this message. */
export class NotFound extends Error {
  override name = 'NotFound';
}

/** The `{id}` of a path that matches the route, '' when the route has none; undefined otherwise. */
export function matchPath(route: ControlRoute, path: string): string | undefined {
  const pattern = route.path.split('/');
  const segments = path.split('/');
  const matches = pattern.every((part, at) => part === '{id}' || part === segments[at]);
  if (!matches || pattern.length !== segments.length) return undefined;
  return segments[pattern.indexOf('{id}')] ?? '';
}
