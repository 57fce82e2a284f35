import { expect } from 'vitest';
import { type Config, readConfig } from '../../../src/config/config.ts';
import { ConfigError } from '../../../src/config/config-error.ts';

/** The settings that nothing starts without. */
export const storage = {
  AzureWebJobsStorage__queueServiceUri: 'https://account.queue.core.windows.net',
  AzureWebJobsStorage__tableServiceUri: 'https://account.table.core.windows.net',
};

/** Client ids of three identities that an app may have. */
export const appIdentity = '22222222-2222-4222-8222-222222222222';
export const storageIdentity = '33333333-3333-4333-8333-333333333333';
export const telemetryIdentity = '55555555-5555-4555-8555-555555555555';

/** What the settings make, beside those of storage. */
export function read(settings: Readonly<Record<string, string | undefined>> = {}): Config {
  return readConfig({ ...storage, ...settings });
}

/** The message with which the start stops; fails when it does not stop. */
export function problemOf(settings: Readonly<Record<string, string | undefined>>): string {
  try {
    readConfig(settings);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message;
  }
  throw new Error('The settings were accepted.');
}
