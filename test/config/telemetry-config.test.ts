import { describe, expect, it } from 'vitest';
import {
  appIdentity,
  problemOf,
  read,
  storage,
  storageIdentity,
  telemetryIdentity,
} from './support/read-settings.ts';

describe('telemetry and identity', () => {
  const identityProblem =
    'must be the client id of the user-assigned identity, ' +
    'for example 12345678-1234-4234-8234-123456789abc';

  it.each([
    ['AZURE_CLIENT_ID', 'my-identity', identityProblem],
    ['AzureWebJobsStorage__clientId', 'my-identity', identityProblem],
    [
      'APPLICATIONINSIGHTS_CONNECTION_STRING',
      'https://example.com',
      'must be the connection string of an Application Insights component ' +
        '(InstrumentationKey=…;IngestionEndpoint=…)',
    ],
  ])('%s %j stops the start', (name, value, problem) => {
    expect(problemOf({ ...storage, [name]: value })).toBe(`${name} ${problem}. It is "${value}".`);
  });

  it.each([
    'Authorization=Key',
    'Authorization=AAD;',
    'Authorization=AAD;ClientId=',
    'Authorization=AAD;ClientId=my-identity',
    `Authorization=AAD;ClientId=${telemetryIdentity};x`,
    `ClientId=${telemetryIdentity}`,
  ])('telemetry with the authentication %j stops the start', (value) => {
    const name = 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING';
    expect(problemOf({ ...storage, [name]: value })).toBe(
      `${name} must be Authorization=AAD, or Authorization=AAD;ClientId= and a client id. ` +
        `It is "${value}".`,
    );
  });

  it.each([
    ['Authorization=AAD', appIdentity],
    [`Authorization=AAD;ClientId=${telemetryIdentity}`, telemetryIdentity],
    [`authorization=aad;clientid=${telemetryIdentity}`, telemetryIdentity],
  ])('telemetry goes out with the identity when told %j', (value, clientId) => {
    const settings = { APPLICATIONINSIGHTS_AUTHENTICATION_STRING: value };
    const { telemetry } = read({ ...settings, AZURE_CLIENT_ID: appIdentity });
    expect(telemetry).toEqual({ connectionString: undefined, usesIdentity: true, clientId });
  });

  it('telemetry goes out with the system-assigned identity when no other one is named', () => {
    const settings = { APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD' };
    expect(read(settings).telemetry).toEqual({
      connectionString: undefined,
      usesIdentity: true,
      clientId: undefined,
    });
  });

  it.each([
    ['the app’s identity', { AZURE_CLIENT_ID: appIdentity }, appIdentity],
    ['its own', { AzureWebJobsStorage__clientId: storageIdentity }, storageIdentity],
    [
      'its own before the app’s',
      { AZURE_CLIENT_ID: appIdentity, AzureWebJobsStorage__clientId: storageIdentity },
      storageIdentity,
    ],
  ])('storage is reached with %s', (_, settings, clientId) => {
    expect(read(settings).storageClientId).toBe(clientId);
  });
});
