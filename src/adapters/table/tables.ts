import { RestError, TableClient } from '@azure/data-tables';
import type { TokenCredential } from '@azure/identity';
import type { StorageConnection } from '../storage-connection.ts';

export const tableNames = ['Runs', 'RunItems', 'Coordination'] as const;

export type TableName = (typeof tableNames)[number];

/** Short, since a worker that waits for storage is billed and its message comes again anyway. */
const retryOptions = { maxRetries: 3, retryDelayInMs: 500, maxRetryDelayInMs: 4_000 };

/** A client of one of the app's tables. */
export function tableClient(
  connection: StorageConnection,
  credential: TokenCredential,
  name: TableName,
): TableClient {
  return connection.kind === 'identity'
    ? new TableClient(connection.tableServiceUri, name, credential, { retryOptions })
    : TableClient.fromConnectionString(connection.connectionString, name, {
        retryOptions,
        // Azurite's own connection string has an http address; in Azure this allows nothing more.
        allowInsecureConnection: connection.connectionString.includes('127.0.0.1'),
      });
}

/** Runs `operation`; when the table does not exist yet, creates it and runs it again. */
export async function withTable<T>(client: TableClient, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    if (errorCodeOf(error) !== 'TableNotFound') throw error;
    await client.createTable();
    return await operation();
  }
}

/** The service's error code, `UpdateConditionNotSatisfied`; `undefined` for any other error. */
export function errorCodeOf(error: unknown): string | undefined {
  if (!(error instanceof RestError)) return undefined;
  const details = error.details as { odataError?: { code?: string } } | undefined;
  return details?.odataError?.code ?? error.code;
}

/** Whether a write was refused because the entity changed since it was read. */
export function isStale(error: unknown): boolean {
  return error instanceof RestError && error.statusCode === 412;
}

/** Whether an entity does not exist; a table that is not there holds none. */
export function isNotFound(error: unknown): boolean {
  return error instanceof RestError && error.statusCode === 404;
}

/** Whether an entity that was to be created exists. */
export function isConflict(error: unknown): boolean {
  return error instanceof RestError && error.statusCode === 409;
}
