import { setTimeout as delay } from 'node:timers/promises';
import { TERMINATE_HOOKS_MS } from '../limits.ts';
import { describeError } from '../log/describe-error.ts';
import type { Log } from '../log/log.ts';
import type { InstanceConfig } from '../protocol.ts';
import type { Environment } from '../settings/environment.ts';
import { createCoreApi } from './core-api.ts';
import type { CoreApi } from './core-api.ts';
import { listenOnLoopback } from './listen-on-loopback.ts';
import { loadApp } from './load-app.ts';
import { supplyCoreModule } from './supply-core-module.ts';
import { trustCertificates } from './trust-certificates.ts';

/** An app whose functions are registered. */
export interface LoadedApp {
  core: CoreApi;
  /** The object all of the app's hooks share. */
  appHookData: Record<string, unknown>;
  /** Address of the server that the library opened, when the app switched HTTP streaming on. */
  httpUri?: string;
}

/**
 * Loads the app into this process, and does what the worker does before the first invocation: no
 * further functions, ask the library what it can do, run the appStart hooks.
 *
 * @throws what the app throws while loading; ConfigurationError for what the developer must correct
 */
export async function startApp(
  config: InstanceConfig,
  environment: Environment,
  log: Log,
): Promise<LoadedApp> {
  if (config.certificateFile !== undefined) trustCertificates(config.certificateFile);
  const core = createCoreApi(environment, log);
  supplyCoreModule(core.module);
  await loadApp(config.entryFiles, config.isModulePackage);
  core.lock();
  const model = core.module.getProgrammingModel();
  const capabilities = await listenOnLoopback(() => model?.getCapabilities?.({}));
  const appHookData = {};
  const functionAppDirectory = config.appDirectory;
  await core.hooks.run('appStart', { hookData: {}, appHookData, functionAppDirectory });
  const httpUri = capabilities?.['HttpUri'];
  return { core, appHookData, ...(httpUri !== undefined && { httpUri }) };
}

/** Runs the app's terminate hooks, as long as Azure would let them run. */
export async function terminateApp({ core, appHookData }: LoadedApp, log: Log): Promise<void> {
  const hooks = core.hooks.run('appTerminate', { hookData: {}, appHookData });
  const logged = hooks.catch((error: unknown) => {
    log({ level: 'error', message: `an appTerminate hook failed: ${describeError(error)}` });
  });
  await Promise.race([logged, delay(TERMINATE_HOOKS_MS)]);
}
