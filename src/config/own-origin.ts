/**
 * The origin at which the app itself is reached: `https`, but for a host on the developer's machine,
 * which has no certificate.
 *
 * @param host the app's own host, with its port if it has one
 */
export function ownOrigin(host: string): string {
  const isLocal = /^(localhost|127(\.\d{1,3}){3})(:\d+)?$/i.test(host);
  return `${isLocal ? 'http' : 'https'}://${host}`;
}
