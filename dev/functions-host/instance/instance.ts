import { setTimeout as delay } from 'node:timers/promises';
import { DEFAULT_BODY_LIMIT_BYTES } from '../http/request-body.ts';
import { portOf, startHttpServer } from '../http/http-server.ts';
import { TERMINATE_HOOKS_MS } from '../limits.ts';
import type { Log } from '../log/log.ts';
import { describeError } from '../log/describe-error.ts';
import type { FunctionSummary, InstanceConfig } from '../protocol.ts';
import type { Environment } from '../settings/environment.ts';
import { createCoreApi } from './core-api.ts';
import type { CoreApi } from './core-api.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { createInvoker } from './invoker.ts';
import { listenOnLoopback } from './listen-on-loopback.ts';
import { functionsOf } from './listener-context.ts';
import { loadApp } from './load-app.ts';
import { invokeWithMessage, startQueueFunctions } from './queue-functions.ts';
import { summariseFunction } from './summarise-function.ts';
import { supplyCoreModule } from './supply-core-module.ts';
import { startTimerFunctions } from './timer-functions.ts';
import { trustCertificates } from './trust-certificates.ts';
import { createWorkTracker } from './work-tracker.ts';

/** An app running in this process. */
export interface Instance {
  /** Loopback port of its HTTP functions. */
  port: number;
  functions: FunctionSummary[];
  /**
   * Starts nothing new, waits for what is running, then runs the app's terminate hooks.
   *
   * @param graceMs longest wait for what is running
   */
  stop: (graceMs: number) => Promise<void>;
}

/**
 * Loads the app in this process and starts its triggers.
 *
 * @param onTimeout called when a function exceeded functionTimeout and the process must be replaced
 * @throws what the app throws while loading; ConfigurationError for what the developer must correct
 */
export async function startInstance(
  config: InstanceConfig,
  environment: Environment,
  log: Log,
  onTimeout: () => void,
): Promise<Instance> {
  if (config.certificateFile !== undefined) trustCertificates(config.certificateFile);
  const appHookData = {};
  const core = createCoreApi(environment, log);
  supplyCoreModule(core.module);
  await loadApp(config.entryFiles, config.isModulePackage);
  const capabilities = await completeStart(core, config, appHookData);

  const tracker = createWorkTracker();
  const { functionTimeoutMs, routePrefix } = config.hostSettings;
  const invoker = createInvoker({ core, functionTimeoutMs, log, appHookData, onTimeout });
  const context = { config, environment, invoker, log };
  const definitions = [...core.functions.values()];
  const timers = await startTimerFunctions(functionsOf(definitions, 'timer'), context);
  const queues = await startQueueFunctions(functionsOf(definitions, 'queue'), context);
  const server = await startHttpServer({
    functions: core.functions,
    invoker,
    routePrefix,
    hostKey: config.hostKey,
    origin: config.origin,
    bodyLimitBytes: readBodyLimit(environment),
    track: tracker.track,
    runByHand: (definition, input) => {
      tracker.track(runByHand(definition, input));
    },
    ...(capabilities['HttpUri'] !== undefined && { httpUri: capabilities['HttpUri'] }),
  });

  async function runByHand(definition: FunctionDefinition, input: string): Promise<void> {
    if (definition.trigger.kind === 'timer') return timers.runByHand(definition);
    return invokeWithMessage(invoker, definition, { text: input, dequeueCount: 0 });
  }

  return {
    port: portOf(server),
    functions: definitions.map((definition) => summariseFunction(definition, routePrefix)),
    async stop(graceMs) {
      const listeners = [...timers.listeners, ...queues].map((listener) => listener.stop());
      const drained = Promise.all([...listeners, tracker.idle()]);
      await Promise.race([drained, delay(graceMs, undefined, { ref: false })]);
      await Promise.race([terminate(core, appHookData, log), delay(TERMINATE_HOOKS_MS)]);
      server.close();
    },
  };
}

/** What the worker does between loading an app and its first invocation. */
async function completeStart(
  core: CoreApi,
  { appDirectory }: InstanceConfig,
  appHookData: object,
): Promise<Record<string, string>> {
  core.lock();
  const model = core.module.getProgrammingModel();
  const capabilities = await listenOnLoopback(async () => model?.getCapabilities?.({}) ?? {});
  const context = { hookData: {}, appHookData, functionAppDirectory: appDirectory };
  await core.hooks.run('appStart', context);
  return capabilities;
}

async function terminate(core: CoreApi, appHookData: object, log: Log): Promise<void> {
  try {
    await core.hooks.run('appTerminate', { hookData: {}, appHookData });
  } catch (error) {
    log({ level: 'error', message: `an appTerminate hook failed: ${describeError(error)}` });
  }
}

function readBodyLimit(environment: Environment): number {
  const limit = Number(environment['FUNCTIONS_REQUEST_BODY_SIZE_LIMIT'] ?? Number.NaN);
  return Number.isInteger(limit) && limit > 0 ? limit : DEFAULT_BODY_LIMIT_BYTES;
}
