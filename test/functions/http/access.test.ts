import { HttpRequest } from '@azure/functions';
import { describe, expect, it } from 'vitest';
import type { Admission } from '../../../src/core/admit-caller.ts';
import type { Caller } from '../../../src/core/caller.ts';
import { type EntraAccess, guard } from '../../../src/functions/http/access.ts';
import { type ApiHandler, httpHandler } from '../../../src/functions/http/http-handler.ts';
import { ProofUnavailableError } from '../../../src/use-cases/ports.ts';
import { aPost, callHttp, jsonHeaders, problemHeaders } from '../support/call-http.ts';
import { anInvocation } from '../support/an-invocation.ts';

const admitted: Admission = { kind: 'admitted', caller: { name: 'app:1' } };

/** Entra ID that always comes to one decision, or to none. */
function entra(decision: Admission | Error): EntraAccess {
  return {
    trustsPlatform: false,
    identify: () =>
      decision instanceof Error ? Promise.reject(decision) : Promise.resolve(decision),
  };
}

/** A handler that takes note of who calls it. */
function aHandler(): { handler: ApiHandler; callers: Caller[] } {
  const callers: Caller[] = [];
  const handler = httpHandler((_request, _context, caller) => {
    callers.push(caller);
    return Promise.resolve({ jsonBody: 'done' });
  });
  return { handler, callers };
}

describe('a route', () => {
  it('is guarded by the host where there is no Entra ID', async () => {
    const { handler, callers } = aHandler();
    const route = guard(undefined)('FleetSync.Run', handler);
    expect(route.authLevel).toBe('function');
    await callHttp(route.handler);
    expect(callers).toEqual([{ name: 'functionKey' }]);
  });

  it('is guarded by the app where there is, and learns who calls', async () => {
    const { handler, callers } = aHandler();
    const route = guard(entra(admitted))('FleetSync.Run', handler);
    expect(route.authLevel).toBe('anonymous');
    expect(await callHttp(route.handler)).toEqual({
      status: 200,
      headers: jsonHeaders,
      body: 'done',
      log: [],
    });
    expect(callers).toEqual([{ name: 'app:1' }]);
  });

  it.each([undefined, entra(new Error('never asked'))])(
    'for anyone is open either way',
    async (access) => {
      const { handler, callers } = aHandler();
      const route = guard(access)('anyone', handler);
      expect(route.authLevel).toBe('anonymous');
      expect((await callHttp(route.handler)).status).toBe(200);
      expect(callers.length).toBe(1);
    },
  );
});

describe('a caller', () => {
  it('who is not known gets 401 and how to become known; the log says why', async () => {
    const { handler, callers } = aHandler();
    const decision = { kind: 'unauthenticated', why: 'another tenant' } as const;
    const route = guard(entra(decision))('FleetSync.Run', handler);
    expect(await callHttp(route.handler)).toEqual({
      status: 401,
      headers: { ...problemHeaders, 'www-authenticate': 'Bearer realm="fleet-sync"' },
      body: {
        type: 'about:blank',
        title: 'Who is calling is not proven',
        status: 401,
        detail: 'Send a current access token of Entra ID for this app, as Authorization: Bearer.',
      },
      log: ['warning: The caller was refused: another tenant.'],
    });
    expect(callers).toEqual([]);
  });

  it('who may not gets 403 and the role it takes', async () => {
    const { handler, callers } = aHandler();
    const decision = { kind: 'forbidden', why: 'the role FleetSync.Run is missing' } as const;
    const route = guard(entra(decision))('FleetSync.Run', handler);
    expect(await callHttp(route.handler)).toEqual({
      status: 403,
      headers: problemHeaders,
      body: {
        type: 'about:blank',
        title: 'Not allowed',
        status: 403,
        detail: 'The caller may not: it takes FleetSync.Run.',
      },
      log: ['warning: The caller was refused: the role FleetSync.Run is missing.'],
    });
    expect(callers).toEqual([]);
  });

  it('of whom nobody can tell who it is gets 503 and when to come again', async () => {
    const { handler, callers } = aHandler();
    const route = guard(entra(new ProofUnavailableError('no keys.')))('FleetSync.Run', handler);
    expect(await callHttp(route.handler)).toEqual({
      status: 503,
      headers: { ...problemHeaders, 'retry-after': '5' },
      body: {
        type: 'about:blank',
        title: 'Not possible now',
        status: 503,
        detail: 'Who is calling cannot be verified now. Try again shortly.',
      },
      log: ['error: Nobody can be admitted: no keys.'],
    });
    expect(callers).toEqual([]);
  });

  it('who is refused is heard to the end of the body, so that the refusal arrives', async () => {
    const decision = { kind: 'unauthenticated', why: 'no' } as const;
    const route = guard(entra(decision))('FleetSync.Run', aHandler().handler);
    const request = new HttpRequest({
      url: 'http://localhost/api/runs',
      ...aPost({ reason: 'x' }),
    });
    await route.handler(request, anInvocation().context);
    expect(request.bodyUsed).toBe(true);
  });
});
