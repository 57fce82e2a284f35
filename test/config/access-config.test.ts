import { describe, expect, it } from 'vitest';
import { problemOf, read, storage } from './support/read-settings.ts';

const tenant = '11111111-1111-4111-8111-111111111111';
const audience = '55555555-5555-4555-8555-555555555555';
const both = { AUTH_TENANT_ID: tenant, AUTH_AUDIENCE: audience };

describe('Entra ID', () => {
  it('needs the tenant and the audience only', () => {
    expect(read(both).entra).toEqual({
      tenant: {
        tenantId: tenant,
        issuers: [
          `https://login.microsoftonline.com/${tenant}/v2.0`,
          `https://sts.windows.net/${tenant}/`,
        ],
        audiences: [audience],
      },
      keysUri: `https://login.microsoftonline.com/${tenant}/discovery/v2.0/keys`,
      trustsPlatform: false,
      ownOrigin: undefined,
    });
  });

  it('takes every setting', () => {
    const { entra } = read({
      AUTH_TENANT_ID: tenant.toUpperCase(),
      AUTH_AUDIENCE: `${audience}, api://fleet-sync`,
      AUTH_ISSUER: 'https://127.0.0.1:8443/issuer',
      AUTH_JWKS_URI: 'https://127.0.0.1:8443/keys',
      AUTH_ALLOW_KEYS: 'true',
      WEBSITE_AUTH_ENABLED: 'True',
      WEBSITE_HOSTNAME: 'fleet-sync.azurewebsites.net',
    });
    expect(entra).toEqual({
      tenant: {
        tenantId: tenant,
        issuers: ['https://127.0.0.1:8443/issuer'],
        audiences: [audience, 'api://fleet-sync'],
      },
      keysUri: 'https://127.0.0.1:8443/keys',
      trustsPlatform: true,
      ownOrigin: 'https://fleet-sync.azurewebsites.net',
    });
  });

  it('is that of the cloud', () => {
    expect(read({ ...both, GRAPH_CLOUD: 'china' }).entra?.keysUri).toBe(
      `https://login.partner.microsoftonline.cn/${tenant}/discovery/v2.0/keys`,
    );
  });

  it('is absent with empty settings, as the portal leaves them behind', () => {
    const names = ['AUTH_TENANT_ID', 'AUTH_AUDIENCE', 'AUTH_ISSUER', 'AUTH_JWKS_URI'];
    const empty = Object.fromEntries(names.map((name) => [name, ' ']));
    expect(read({ ...empty, AUTH_ALLOW_KEYS: 'false' }).entra).toBeUndefined();
  });

  it('is absent although App Service Authentication is on: a key is needed then', () => {
    expect(read({ WEBSITE_AUTH_ENABLED: 'True' }).entra).toBeUndefined();
  });

  it.each(['False', '1', 'yes', ''])('does not trust the platform that says %j', (value) => {
    expect(read({ ...both, WEBSITE_AUTH_ENABLED: value }).entra?.trustsPlatform).toBe(false);
  });

  it.each([
    ['localhost:7071', 'http://localhost:7071'],
    ['127.0.0.1:7071', 'http://127.0.0.1:7071'],
    ['localhost.example', 'https://localhost.example'],
  ])('with keys as well asks the host at %s by %s', (host, origin) => {
    const settings = { ...both, AUTH_ALLOW_KEYS: 'true', WEBSITE_HOSTNAME: host };
    expect(read(settings).entra?.ownOrigin).toBe(origin);
  });
});

describe('the start stops', () => {
  it.each([
    ['AUTH_AUDIENCE', { AUTH_TENANT_ID: tenant }],
    ['AUTH_TENANT_ID', { AUTH_AUDIENCE: audience }],
    ['AUTH_TENANT_ID', { AUTH_ISSUER: 'https://login.example' }],
    ['AUTH_TENANT_ID', { AUTH_JWKS_URI: 'https://login.example' }],
    ['AUTH_TENANT_ID', { AUTH_ALLOW_KEYS: 'true' }],
    ['AUTH_AUDIENCE', { AUTH_TENANT_ID: tenant, AUTH_AUDIENCE: ' ' }],
    ['AUTH_AUDIENCE', { AUTH_TENANT_ID: tenant, AUTH_ALLOW_KEYS: 'true' }],
  ])('when %s is missing beside %j', (name, settings) => {
    expect(problemOf({ ...storage, ...settings })).toMatch(
      new RegExp(`^${name} is missing beside the other AUTH_ settings: .+, for example `),
    );
  });

  it.each([
    ['AUTH_TENANT_ID', 'common', 'must be the id of the Entra tenant (a GUID)'],
    ['AUTH_TENANT_ID', 'contoso.onmicrosoft.com', 'must be the id of the Entra tenant (a GUID)'],
    ['AUTH_TENANT_ID', `${tenant}/..`, 'must be the id of the Entra tenant (a GUID)'],
    ['AUTH_AUDIENCE', '*', 'must be the client id'],
    ['AUTH_AUDIENCE', `${audience},`, 'must be the client id'],
    ['AUTH_AUDIENCE', 'fleet sync', 'must be the client id'],
    ['AUTH_ISSUER', 'login.microsoftonline.com', 'must be the https address in the iss claim'],
    ['AUTH_ISSUER', 'http://login.microsoftonline.com', 'must be the https address in the iss'],
    ['AUTH_JWKS_URI', 'http://127.0.0.1:8443/keys', 'must be the https address of the keys'],
    ['AUTH_JWKS_URI', 'file:///etc/keys', 'must be the https address of the keys'],
    ['AUTH_JWKS_URI', 'https://user:pass@login.example', 'must be the https address of the keys'],
    ['AUTH_ALLOW_KEYS', 'yes', 'must be true or false'],
    ['AUTH_ALLOW_KEYS', '1', 'must be true or false'],
  ])('for the %s %j, and says what would do', (name, value, message) => {
    const text = problemOf({ ...storage, ...both, [name]: value });
    expect(text.startsWith(`${name} ${message}`)).toBe(true);
    expect(text).toMatch(/, for example \S+.* It is ".*"\.$/);
  });

  it('when keys are enough and the host cannot be asked about them', () => {
    expect(problemOf({ ...storage, ...both, AUTH_ALLOW_KEYS: 'true' })).toMatch(
      /^WEBSITE_HOSTNAME is missing/,
    );
  });
});
