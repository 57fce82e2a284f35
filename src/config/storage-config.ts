import type { StorageConnection } from '../adapters/storage-connection.ts';
import type { Settings } from '../schemas/settings-schema.ts';
import { ConfigError } from './config-error.ts';

/** Azurite's well-known short form, which the Functions host also takes. */
const DEVELOPMENT_STORAGE = 'UseDevelopmentStorage=true';

/**
 * The storage account, by a connection string or by the addresses of its services.
 *
 * @throws ConfigError when neither is there in full
 */
export function storageOf(settings: Settings): StorageConnection {
  const queueServiceUri = settings.AzureWebJobsStorage__queueServiceUri;
  const tableServiceUri = settings.AzureWebJobsStorage__tableServiceUri;
  const { AzureWebJobsStorage: text } = settings;
  if (text !== undefined) return { kind: 'connectionString', connectionString: checked(text) };
  if (queueServiceUri === undefined) throw missing('queue');
  if (tableServiceUri === undefined) throw missing('table');
  return { kind: 'identity', queueServiceUri, tableServiceUri };
}

function checked(connectionString: string): string {
  if (connectionString === DEVELOPMENT_STORAGE || /AccountName=/i.test(connectionString)) {
    return connectionString;
  }
  // The text is not repeated: it may hold a key.
  throw new ConfigError(
    'AzureWebJobsStorage must be a storage connection string, for example ' +
      `${DEVELOPMENT_STORAGE}; in Azure use AzureWebJobsStorage__queueServiceUri instead.`,
  );
}

function missing(service: 'queue' | 'table'): ConfigError {
  return new ConfigError(
    `AzureWebJobsStorage__${service}ServiceUri is missing: the address of the ${service} service, ` +
      `for example https://myaccount.${service}.core.windows.net.`,
  );
}
