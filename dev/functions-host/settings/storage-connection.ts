import { ConfigurationError } from './configuration-error.ts';
import type { Environment } from './environment.ts';

/** How a storage account is reached. */
export type StorageConnection =
  | { kind: 'connectionString'; connectionString: string }
  | {
      kind: 'identity';
      /** The name in the settings, for errors. */
      name: string;
      blobServiceUri?: string;
      queueServiceUri?: string;
      /** `managedIdentity`, or the developer's own sign-in when `__credential` is absent. */
      credential: 'managedIdentity' | 'default';
      /** Client id of a user-assigned identity; absent: the system-assigned one. */
      clientId?: string;
    };

/** The connection used by timers and by triggers that name none. */
export const DEFAULT_CONNECTION = 'AzureWebJobsStorage';

/**
 * Finds the settings of a trigger's `connection`: `AzureWebJobs<name>` first, then `<name>`; each as
 * a connection string or as `__queueServiceUri`/`__blobServiceUri`/`__accountName` with
 * `__credential` and `__clientId` (facts: learn.microsoft.com, identity-based connections).
 *
 * @throws ConfigurationError when nothing is set, or when the credential is of another kind
 */
export function resolveStorageConnection(
  name: string | undefined,
  environment: Environment,
): StorageConnection {
  const wanted = name === undefined || name === '' ? DEFAULT_CONNECTION : name;
  for (const candidate of [`AzureWebJobs${wanted}`, wanted]) {
    const connectionString = environment[candidate];
    if (connectionString !== undefined && connectionString !== '') {
      return { kind: 'connectionString', connectionString };
    }
    const identity = identityConnection(candidate, environment);
    if (identity !== undefined) return identity;
  }
  throw new ConfigurationError(
    `storage connection '${wanted}' is not configured; set ${wanted} to a connection string ` +
      `(or UseDevelopmentStorage=true), or ${wanted}__queueServiceUri and ` +
      `${wanted}__blobServiceUri with ${wanted}__credential=managedidentity`,
  );
}

function identityConnection(name: string, environment: Environment): StorageConnection | undefined {
  const read = (key: string): string | undefined => {
    const value = environment[`${name}__${key}`] ?? environment[`${name}:${key}`];
    return value === '' ? undefined : value;
  };
  const account = read('accountName');
  const blobServiceUri = read('blobServiceUri') ?? serviceUri(account, 'blob');
  const queueServiceUri = read('queueServiceUri') ?? serviceUri(account, 'queue');
  if (blobServiceUri === undefined && queueServiceUri === undefined) return undefined;
  const credential = read('credential');
  if (credential !== undefined && credential.toLowerCase() !== 'managedidentity') {
    throw new ConfigurationError(
      `${name}__credential is '${credential}'; use 'managedidentity', or leave it out to use your own sign-in`,
    );
  }
  const clientId = read('clientId');
  return {
    kind: 'identity',
    name,
    credential: credential === undefined ? 'default' : 'managedIdentity',
    ...(blobServiceUri !== undefined && { blobServiceUri }),
    ...(queueServiceUri !== undefined && { queueServiceUri }),
    ...(clientId !== undefined && { clientId }),
  };
}

function serviceUri(account: string | undefined, service: string): string | undefined {
  return account === undefined ? undefined : `https://${account}.${service}.core.windows.net`;
}
