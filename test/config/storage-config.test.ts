import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { problemOf, storage } from './support/read-settings.ts';

describe('the storage account', () => {
  it.each([
    'UseDevelopmentStorage=true',
    'DefaultEndpointsProtocol=https;AccountName=account;AccountKey=zero',
  ])('may be given as %s', (connectionString) => {
    expect(readConfig({ AzureWebJobsStorage: connectionString }).storage).toEqual({
      kind: 'connectionString',
      connectionString,
    });
  });

  it.each([
    ['queue', { ...storage, AzureWebJobsStorage__queueServiceUri: undefined }],
    ['queue', {}],
    ['table', { ...storage, AzureWebJobsStorage__tableServiceUri: undefined }],
  ])('without its %s service stops the start', (service, settings) => {
    expect(problemOf(settings)).toBe(
      `AzureWebJobsStorage__${service}ServiceUri is missing: the address of the ${service} ` +
        `service, for example https://myaccount.${service}.core.windows.net.`,
    );
  });

  it.each(['http://account.queue.core.windows.net', 'account.queue.core.windows.net', 'account'])(
    'has no service at %s',
    (address) => {
      const settings = { ...storage, AzureWebJobsStorage__queueServiceUri: address };
      expect(problemOf(settings)).toBe(
        'AzureWebJobsStorage__queueServiceUri must be an https address, for example ' +
          `https://myaccount.queue.core.windows.net. It is "${address}".`,
      );
    },
  );

  it('is not repeated in the message when it cannot be used: it may hold a key', () => {
    expect(problemOf({ AzureWebJobsStorage: 'AccountKey=zero' })).toBe(
      'AzureWebJobsStorage must be a storage connection string, for example ' +
        'UseDevelopmentStorage=true; in Azure use AzureWebJobsStorage__queueServiceUri instead.',
    );
  });
});
