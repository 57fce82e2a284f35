import type { Environment } from './environment.ts';

/** Longest host id the real host accepts. */
const MAX_LENGTH = 32;

/**
 * The name under which timer locks and status are kept. Every instance of an app, and every restart,
 * has the same one; `AzureFunctionsWebHost__hostid` sets it as for the real host.
 *
 * @param appName the app's package name
 */
export function createHostId(appName: string, environment: Environment): string {
  const chosen = environment['AzureFunctionsWebHost__hostid'] ?? appName;
  const id = chosen.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return id.replaceAll(/^-+/g, '').slice(0, MAX_LENGTH).replaceAll(/-+$/g, '') || 'local';
}
