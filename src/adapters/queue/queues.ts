import type { TokenCredential } from '@azure/identity';
import { QueueServiceClient, RestError } from '@azure/storage-queue';
import type { StorageConnection } from '../storage-connection.ts';

export const queueNames = {
  plans: 'sync-plans',
  batches: 'sync-batches',
  urgentBatches: 'sync-batches-urgent',
  monitor: 'sync-monitor',
} as const;

/** Short, since a worker that waits for storage is billed and its message comes again anyway. */
const retryOptions = { maxTries: 4, tryTimeoutInMs: 10_000, maxRetryDelayInMs: 4_000 };

/** A client of the app's queue service. */
export function queueServiceClient(
  connection: StorageConnection,
  credential: TokenCredential,
): QueueServiceClient {
  return connection.kind === 'identity'
    ? new QueueServiceClient(connection.queueServiceUri, credential, { retryOptions })
    : QueueServiceClient.fromConnectionString(connection.connectionString, { retryOptions });
}

/** Whether the queue does not exist. */
export function isMissingQueue(error: unknown): boolean {
  return error instanceof RestError && error.statusCode === 404;
}
