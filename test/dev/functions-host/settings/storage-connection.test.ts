import { describe, expect, test } from 'vitest';
import {
  openBlobService,
  openQueueService,
} from '../../../../dev/functions-host/settings/storage-clients.ts';
import { resolveStorageConnection } from '../../../../dev/functions-host/settings/storage-connection.ts';

const identity = { kind: 'identity', credential: 'managedIdentity' } as const;

describe('a connection', () => {
  test('without a name is AzureWebJobsStorage', () => {
    const environment = { AzureWebJobsStorage: 'UseDevelopmentStorage=true' };
    const expected = { kind: 'connectionString', connectionString: 'UseDevelopmentStorage=true' };
    expect(resolveStorageConnection(undefined, environment)).toEqual(expected);
    expect(resolveStorageConnection('', environment)).toEqual(expected);
    expect(resolveStorageConnection('Storage', environment)).toEqual(expected);
  });

  test('is looked for with the prefix AzureWebJobs first', () => {
    const environment = { AzureWebJobsJobs: 'prefixed', Jobs: 'plain' };
    expect(resolveStorageConnection('Jobs', environment)).toMatchObject({
      connectionString: 'prefixed',
    });
    expect(resolveStorageConnection('Jobs', { Jobs: 'plain' })).toMatchObject({
      connectionString: 'plain',
    });
  });

  test('by identity has addresses, credential and client id', () => {
    const environment = {
      AzureWebJobsStorage__queueServiceUri: 'https://127.0.0.1:1/devstoreaccount1',
      AzureWebJobsStorage__blobServiceUri: 'https://127.0.0.1:2/devstoreaccount1',
      AzureWebJobsStorage__credential: 'managedidentity',
      AzureWebJobsStorage__clientId: 'an-id',
    };
    expect(resolveStorageConnection(undefined, environment)).toEqual({
      ...identity,
      name: 'AzureWebJobsStorage',
      queueServiceUri: 'https://127.0.0.1:1/devstoreaccount1',
      blobServiceUri: 'https://127.0.0.1:2/devstoreaccount1',
      clientId: 'an-id',
    });
  });

  test('by account name gets the public addresses', () => {
    const environment = { Jobs__accountName: 'acct', Jobs__credential: 'managedidentity' };
    expect(resolveStorageConnection('Jobs', environment)).toEqual({
      ...identity,
      name: 'Jobs',
      queueServiceUri: 'https://acct.queue.core.windows.net',
      blobServiceUri: 'https://acct.blob.core.windows.net',
    });
  });

  test('that is not configured is refused with what to set', () => {
    expect(() => resolveStorageConnection('Jobs', {})).toThrow(
      /'Jobs' is not configured; set Jobs/,
    );
  });

  test('with a credential of another kind is refused by name', () => {
    const environment = { Jobs__accountName: 'acct', Jobs__credential: 'secret' };
    expect(() => resolveStorageConnection('Jobs', environment)).toThrow(/Jobs__credential/);
  });
});

describe('clients', () => {
  test('reach the addresses of an identity connection', async () => {
    const environment = { Jobs__accountName: 'acct', Jobs__credential: 'managedidentity' };
    const connection = resolveStorageConnection('Jobs', environment);
    expect((await openQueueService(connection)).url).toBe('https://acct.queue.core.windows.net');
    expect((await openBlobService(connection)).url).toBe('https://acct.blob.core.windows.net/');
  });

  test('name the address they miss', async () => {
    const environment = { Jobs__queueServiceUri: 'https://127.0.0.1:1/devstoreaccount1' };
    const connection = resolveStorageConnection('Jobs', environment);
    await expect(openBlobService(connection)).rejects.toThrow('Jobs__blobServiceUri is not set');
  });
});
