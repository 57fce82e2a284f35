import { expect, test } from 'vitest';
import { formatCookie } from '../../../../dev/functions-host/http/format-cookie.ts';

test('a cookie with everything', () => {
  const cookie = {
    name: 'session id',
    value: 'a;b',
    domain: { value: '127.0.0.1' },
    path: { value: '/' },
    expires: { value: { seconds: 0 } },
    secure: { value: true },
    httpOnly: { value: true },
    sameSite: 'explicitNone',
    maxAge: { value: 60 },
  } as const;
  expect(formatCookie(cookie)).toBe(
    'session%20id=a%3Bb; Max-Age=60; Domain=127.0.0.1; Path=/; ' +
      'Expires=Thu, 01 Jan 1970 00:00:00 GMT; SameSite=None; Secure; HttpOnly',
  );
});

test('a cookie with nothing but its value', () => {
  expect(formatCookie({ name: 'a', value: 'b', sameSite: 'none' })).toBe('a=b');
});
