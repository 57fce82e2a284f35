/**
 * Splits a path into decoded segments. The OData key form `managedDevices('id')` becomes two
 * segments, as in `managedDevices/id`, and empty parentheses of a function call are dropped.
 *
 * @throws URIError when a percent escape is malformed
 */
export function parsePathSegments(path: string): string[] {
  return path
    .split('/')
    .filter((segment) => segment !== '')
    .map(decodeURIComponent)
    .flatMap((segment) => {
      const [, name, , key] = /^([^(]+)\(('?)([^')]*)\2\)$/.exec(segment) ?? [];
      if (name === undefined) return [segment];
      return key === undefined || key === '' ? [name] : [name, key];
    });
}
