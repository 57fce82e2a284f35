import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { startFunctionsHost, type FunctionsHost } from '../functions-host/index.ts';
import { createCleanup, type Cleanup } from './cleanup.ts';
import {
  startEnvironment,
  type Environment,
  type EnvironmentOptions,
} from './start-environment.ts';

/** What a local app can be told, beyond its environment. */
export interface LocalAppOptions extends EnvironmentOptions {
  /** How many instances of the app run. Default 1. */
  instances?: number;
  /** The port of the API. Default 0: a free one. */
  port?: number;
  /** How syncs are sent. Default `perDevice`. */
  mode?: 'perDevice' | 'bulk';
  /** Settings of the app, over those of its environment. Default none. */
  settings?: Readonly<Record<string, string>>;
  /** Takes each line that the host and the app log. */
  log: (line: string) => void;
}

/** The app under the local Functions host, with everything around it. */
export interface LocalApp {
  environment: Environment;
  host: FunctionsHost;
  /** Stops the app, then its environment; a second call waits for the first. */
  close: () => Promise<void>;
}

/** The project's root, where package.json, host.json and dist are. */
const appDirectory = resolve(import.meta.dirname, '../..');

/**
 * Settings that a developer's shell or local.settings.json may hold and that would lead the app
 * out of its environment, to a real storage account for instance. Empty counts as absent.
 */
const settingsThatLeadElsewhere = {
  AzureWebJobsStorage: '',
  AzureWebJobsStorage__accountName: '',
  AzureWebJobsStorage__clientId: '',
  AZURE_CLIENT_ID: '',
  AUTH_TENANT_ID: '',
  AUTH_AUDIENCE: '',
  AUTH_ISSUER: '',
  AUTH_JWKS_URI: '',
  AUTH_ALLOW_KEYS: '',
  NOTIFY_WEBHOOK_URL: '',
};

/**
 * Starts the environment and the built app in it.
 *
 * @throws what a failing part throws; whatever was started is stopped by then.
 */
export async function startApp(options: LocalAppOptions): Promise<LocalApp> {
  const cleanup = createCleanup();
  try {
    return await startParts(options, cleanup);
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}

async function startParts(options: LocalAppOptions, cleanup: Cleanup): Promise<LocalApp> {
  const environment = await startEnvironment(options);
  cleanup.add(() => environment.close());

  const startedAt = performance.now();
  const host = await startFunctionsHost({
    appDirectory,
    port: options.port ?? 0,
    instances: options.instances ?? 1,
    environment: {
      ...settingsThatLeadElsewhere,
      ...environment.settings,
      SYNC_SEND_MODE: options.mode ?? 'perDevice',
      ...options.settings,
    },
    functionKey: randomBytes(24).toString('base64url'),
    log: options.log,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  cleanup.add(() => host.stop());
  options.signal?.throwIfAborted();
  options.onPart?.('host', performance.now() - startedAt);
  return { environment, host, close: () => cleanup.run() };
}
