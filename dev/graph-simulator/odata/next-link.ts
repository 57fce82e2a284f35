/**
 * The address of the next page: the same query, with the token in the place of the last one.
 *
 * @param url address of the collection, without a query
 */
export function nextLink(url: string, query: URLSearchParams, token: string): string {
  const kept = [...query].filter(([name]) => name !== '$skiptoken');
  const parameters = [...kept, ['$skiptoken', token] as const];
  const text = parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  return `${url}?${text}`;
}
