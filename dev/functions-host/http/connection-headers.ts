/**
 * Headers that belong to one connection (RFC 9110, 7.6.1) and are not passed on. `expect` is among
 * them here because this server has already answered it with 100.
 */
const CONNECTION_HEADERS = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Whether a header is passed on to the next hop. */
export function isEndToEnd(name: string): boolean {
  return !CONNECTION_HEADERS.has(name.toLowerCase());
}

/**
 * The end-to-end headers of a message, in the order and spelling they came in.
 *
 * @param rawHeaders names and values in turn, as Node gives them
 */
export function endToEndHeaders(rawHeaders: readonly string[]): string[] {
  return rawHeaders.filter((_, index) => isEndToEnd(rawHeaders[index - (index % 2)] ?? ''));
}
