import type { TokenCredential } from '@azure/identity';
import type { BlobServiceClient } from '@azure/storage-blob';
import type { QueueServiceClient } from '@azure/storage-queue';
import { ConfigurationError } from './configuration-error.ts';
import type { StorageConnection } from './storage-connection.ts';

/**
 * Short, because every caller here tries again by itself: a listener that sits in a long chain of
 * retries would notice the return of its storage, or the end of the host, minutes late.
 */
const RETRY = {
  maxTries: 2,
  retryDelayInMs: 200,
  maxRetryDelayInMs: 1_000,
  tryTimeoutInMs: 15_000,
} as const;

type IdentityConnection = Extract<StorageConnection, { kind: 'identity' }>;

/**
 * Opens the queues of a storage account. Packages are loaded only when used: an app without queues
 * starts faster.
 *
 * @throws ConfigurationError when the connection has no queue address
 */
export async function openQueueService(connection: StorageConnection): Promise<QueueServiceClient> {
  const { QueueServiceClient: Client } = await import('@azure/storage-queue');
  if (connection.kind === 'connectionString') {
    return Client.fromConnectionString(connection.connectionString, { retryOptions: RETRY });
  }
  const uri = required(connection, 'queueServiceUri');
  return new Client(uri, await createCredential(connection), { retryOptions: RETRY });
}

/**
 * Opens the blobs of a storage account.
 *
 * @throws ConfigurationError when the connection has no blob address
 */
export async function openBlobService(connection: StorageConnection): Promise<BlobServiceClient> {
  const { BlobServiceClient: Client } = await import('@azure/storage-blob');
  if (connection.kind === 'connectionString') {
    return Client.fromConnectionString(connection.connectionString, { retryOptions: RETRY });
  }
  const uri = required(connection, 'blobServiceUri');
  return new Client(uri, await createCredential(connection), { retryOptions: RETRY });
}

function required(
  connection: IdentityConnection,
  key: 'blobServiceUri' | 'queueServiceUri',
): string {
  const uri = connection[key];
  if (uri !== undefined) return uri;
  throw new ConfigurationError(`${connection.name}__${key} is not set; add it`);
}

async function createCredential(connection: IdentityConnection): Promise<TokenCredential> {
  const { DefaultAzureCredential, ManagedIdentityCredential } = await import('@azure/identity');
  if (connection.credential === 'default') return new DefaultAzureCredential();
  const { clientId } = connection;
  return new ManagedIdentityCredential(clientId === undefined ? {} : { clientId });
}
