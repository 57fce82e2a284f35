/**
 * Splits a request's path into decoded segments. `%2F` stays as it is, and a broken escape too, as
 * in the real host's web server.
 *
 * @returns undefined for a path with an empty segment (`//`), which matches no route. One slash at
 *   the end is ignored.
 */
export function splitPath(url: string): string[] | undefined {
  const path = url.replace(/[?#].*$/s, '').replace(/^\//, '');
  if (path === '') return [];
  const segments = path.replace(/\/$/, '').split('/');
  return segments.includes('') ? undefined : segments.map(decode);
}

function decode(segment: string): string {
  try {
    return segment.split(/%2f/i).map(decodeURIComponent).join('%2F');
  } catch {
    return segment;
  }
}
