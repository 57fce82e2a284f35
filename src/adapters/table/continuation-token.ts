/** Where a list goes on, as a text that can stand in an address; what it holds is nobody's business. */
export function encodeToken(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** What `encodeToken` took; `undefined` for any other text. The caller checks what it is. */
export function decodeToken(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString());
  } catch {
    return undefined;
  }
}
