import { createHmac } from 'node:crypto';

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

/** A token that nobody signed. */
export function unsigned(header: object, claims: object): string {
  return `${encode({ typ: 'JWT', ...header })}.${encode(claims)}.`;
}

/** A token signed with what everybody knows, as if it were a secret (RFC 8725, section 2.1). */
export function signedWithText(secret: string, header: object, claims: object): string {
  const input = unsigned({ alg: 'HS256', ...header }, claims).slice(0, -1);
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

/** The claims of a token. */
export function claimsOf(token: string): Record<string, unknown> {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  return JSON.parse(payload) as Record<string, unknown>;
}

/** The header of a token. */
export function headerOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >;
}

/** The same token with other claims, and the signature that belonged to the old ones. */
export function tampered(token: string, changes: object): string {
  const [header = '', , signature = ''] = token.split('.');
  return `${header}.${encode({ ...claimsOf(token), ...changes })}.${signature}`;
}
