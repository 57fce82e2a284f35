import { type HttpHandler, HttpRequest, HttpResponse, app } from '@azure/functions';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { anInvocation } from '../functions/support/an-invocation.ts';
import { aTenantId, anAudience } from '../support/callers.ts';

const routes: { name: string; authLevel: string | undefined; handler: HttpHandler }[] = [];

beforeAll(async () => {
  const settings = {
    AzureWebJobsStorage__queueServiceUri: 'https://account.queue.core.windows.net',
    AzureWebJobsStorage__tableServiceUri: 'https://account.table.core.windows.net',
    AUTH_TENANT_ID: aTenantId,
    AUTH_AUDIENCE: anAudience,
    AUTH_ALLOW_KEYS: 'true',
    WEBSITE_HOSTNAME: 'fleet-sync.azurewebsites.net',
  };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  for (const method of ['timer', 'storageQueue', 'setup'] as const) {
    vi.spyOn(app, method).mockImplementation(() => undefined);
  }
  vi.spyOn(app, 'http').mockImplementation((name, { authLevel, handler }) => {
    routes.push({ name, authLevel, handler });
  });
  await import('../../src/index.ts');
});
afterAll(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** The status that a route answers to a request without anything that proves who is calling. */
async function statusOf(handler: HttpHandler): Promise<number> {
  const request = new HttpRequest({ method: 'POST', url: 'https://fleet-sync.example/api' });
  const { context } = anInvocation();
  const answer = await handler(request, context);
  return answer instanceof HttpResponse ? answer.status : (answer.status ?? 200);
}

describe('with Entra ID', () => {
  it('the host leaves every route to the app, but the one that tells whether a key is good', () => {
    const guardedByHost = routes.filter(({ authLevel }) => authLevel !== 'anonymous');
    expect(guardedByHost.map(({ name, authLevel }) => ({ name, authLevel }))).toEqual([
      { name: 'checkKey', authLevel: 'function' },
    ]);
  });

  it('every route that the host leaves to the app asks who is calling, but /health', async () => {
    const open = routes.filter(
      ({ authLevel, name }) => authLevel === 'anonymous' && name !== 'health',
    );
    const statuses = await Promise.all(
      open.map(async ({ name, handler }) => [name, await statusOf(handler)] as const),
    );
    expect(statuses.length).toBeGreaterThan(6);
    expect(statuses).toEqual(statuses.map(([name]) => [name, 401]));
  });
});
