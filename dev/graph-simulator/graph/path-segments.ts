/**
 * Splits a path into decoded segments. The OData key form `managedDevices('id')` becomes two
 * segments, as in `managedDevices/id`, the alternate key form `servicePrincipals(appId='id')` becomes
 * `servicePrincipals` and `appId=id`, and empty parentheses of a function call are dropped.
 *
 * @throws URIError when a percent escape is malformed
 */
export function parsePathSegments(path: string): string[] {
  return path
    .split('/')
    .filter((segment) => segment !== '')
    .map(decodeURIComponent)
    .flatMap((segment) => {
      const [, name, property = '', , key] = keyForm.exec(segment) ?? [];
      if (name === undefined) return [segment];
      return key === undefined || key === '' ? [name] : [name, `${property}${key}`];
    });
}

const keyForm = /^([^(]+)\((\w+=)?('?)([^')]*)\3\)$/;
