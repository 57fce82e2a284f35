import type { RpcCookie } from '../instance/core-types.ts';

const SAME_SITE = { lax: 'Lax', strict: 'Strict', explicitNone: 'None', none: undefined } as const;

/** A cookie as the value of a `Set-Cookie` header; name and value are escaped. */
export function formatCookie(cookie: RpcCookie): string {
  const expires = cookie.expires?.value?.seconds;
  const sameSite = SAME_SITE[cookie.sameSite ?? 'none'];
  const attributes: [string, string | number | undefined][] = [
    ['Max-Age', cookie.maxAge?.value],
    ['Domain', cookie.domain?.value],
    ['Path', cookie.path?.value],
    ['Expires', expires === undefined ? undefined : new Date(Number(expires) * 1000).toUTCString()],
    ['SameSite', sameSite],
  ];
  return [
    `${encodeURIComponent(cookie.name)}=${encodeURIComponent(cookie.value)}`,
    ...attributes.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`])),
    ...(cookie.secure?.value === true ? ['Secure'] : []),
    ...(cookie.httpOnly?.value === true ? ['HttpOnly'] : []),
  ].join('; ');
}
