import type { FunctionDefinition } from '../instance/function-definition.ts';
import type { AuthLevel } from './authorisation.ts';
import { matchRoute } from './match-route.ts';
import type { RouteParameters } from './match-route.ts';
import { parseRouteTemplate } from './route-template.ts';
import { splitPath } from './split-path.ts';

/** The function a request is for. */
export interface RouteMatch {
  definition: FunctionDefinition;
  authLevel: AuthLevel;
  parameters: RouteParameters;
}

/** Finds the function of a request; undefined is a 404, also when only the method is wrong. */
export type Router = (method: string, url: string) => RouteMatch | undefined;

/**
 * Creates the router of an app's HTTP functions. More specific routes come first; disabled functions
 * have none.
 *
 * @param routePrefix of host.json, such as `api`; may be empty
 */
export function createRouter(functions: Iterable<FunctionDefinition>, routePrefix: string): Router {
  const routes = [...functions].flatMap((definition) => {
    const { trigger, isDisabled, name } = definition;
    if (trigger.kind !== 'http' || isDisabled) return [];
    const route = [routePrefix, trigger.route.replace(/^\/+/, '')].filter(Boolean).join('/');
    const template = parseRouteTemplate(route, `function '${name}': route`);
    return [{ definition, template, methods: trigger.methods, authLevel: trigger.authLevel }];
  });
  routes.sort((a, b) => a.template.precedence.localeCompare(b.template.precedence));

  return (method, url) => {
    const path = splitPath(url);
    if (path === undefined) return undefined;
    for (const { definition, template, methods, authLevel } of routes) {
      if (!methods.includes(method)) continue;
      const parameters = matchRoute(template, path);
      if (parameters !== undefined) return { definition, authLevel, parameters };
    }
    return undefined;
  };
}
