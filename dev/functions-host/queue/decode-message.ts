const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * The text of a message as the function gets it.
 *
 * @param raw the text on the queue
 * @returns undefined when it is not what the encoding says: not base64, or base64 of something that
 *   is not UTF-8
 */
export function decodeMessage(raw: string, encoding: 'base64' | 'none'): string | undefined {
  if (encoding === 'none') return raw;
  // White space inside is allowed, as in .NET's Convert.FromBase64String.
  const compact = raw.replaceAll(/[ \t\r\n]/g, '');
  if (!BASE64.test(compact)) return undefined;
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return decoder.decode(Buffer.from(compact, 'base64'));
  } catch {
    return undefined;
  }
}
