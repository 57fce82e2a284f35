import { app } from '@azure/functions';
import type { HttpHandler, HttpMethod, HttpResponseInit } from '@azure/functions';

// HTTP functions that show the host's answers, one per rule.

interface RouteOptions {
  route?: string;
  methods?: HttpMethod[];
  authLevel?: 'anonymous' | 'function' | 'admin';
}

function route(
  name: string,
  handler: (...args: Parameters<HttpHandler>) => unknown,
  options: RouteOptions = {},
) {
  // Some of them return what the types forbid, which is what they are here for.
  const loose = handler as HttpHandler;
  app.http(name, { authLevel: 'anonymous', methods: ['GET', 'POST'], handler: loose, ...options });
}

route('null', () => null);
route('undefined', () => undefined);
route('empty', () => ({}));
route('throws', () => {
  throw new Error('on purpose');
});
route('text', () => 'text');
route('array', () => [1]);
route('status', (request) => ({ status: request.query.get('value') }));
route('objectBody', () => ({ body: { a: 1 } }));
route('jsonNull', () => ({ jsonBody: null }));
route('cookie', (): HttpResponseInit => {
  const cookie = { name: 'a b', value: '1;2', path: '/', maxAge: 60, httpOnly: true, secure: true };
  return {
    cookies: [
      { ...cookie, sameSite: 'Lax', expires: new Date(0) },
      { name: 'c', value: 'd' },
    ],
  };
});
route('wrongLength', () => ({ body: 'four', headers: { 'content-length': '99' } }));
route('protected', () => ({ body: 'in' }), { authLevel: 'function' });
route('master', () => ({ body: 'in' }), { authLevel: 'admin' });
route('item', (request) => ({ jsonBody: request.params }), { route: 'items/{id:int}' });
route('files', (request) => ({ jsonBody: request.params }), { route: 'files/{*path}' });
route('listItems', () => ({ jsonBody: [] }), { route: 'items', methods: ['GET'] });
route('createItem', async (request) => ({ status: 201, body: await request.text() }), {
  route: 'items',
  methods: ['POST'],
});
route('echo', async (request, context) => ({
  jsonBody: {
    url: new URL(request.url).pathname,
    method: request.method,
    header: request.headers.get('x-test'),
    query: Object.fromEntries(request.query),
    body: await request.text(),
    functionName: context.functionName,
    trace: context.traceContext?.traceParent?.split('-')[1],
  },
}));
route('off', () => ({ body: 'in' }));
