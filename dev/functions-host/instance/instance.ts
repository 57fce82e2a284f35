import { setTimeout as delay } from 'node:timers/promises';
import { portOf, startHttpServer } from '../http/http-server.ts';
import { DEFAULT_BODY_LIMIT_BYTES } from '../http/request-body.ts';
import type { Log } from '../log/log.ts';
import type { FunctionSummary, InstanceConfig } from '../protocol.ts';
import type { Environment } from '../settings/environment.ts';
import { startApp, terminateApp } from './app-lifecycle.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { Invoker } from './invoker.ts';
import { functionsOf } from './listener-context.ts';
import { invokeWithMessage, startQueueFunctions } from './queue-functions.ts';
import { summariseFunction } from './summarise-function.ts';
import { startTimerFunctions } from './timer-functions.ts';
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
  const app = await startApp(config, environment, log);
  const { functionTimeoutMs, routePrefix } = config.hostSettings;
  const invoker = new Invoker({ ...app, functionTimeoutMs, log, onTimeout });
  const definitions = [...app.core.functions.values()];
  const tracker = createWorkTracker();

  const context = { config, environment, invoker, log };
  const timers = await startTimerFunctions(functionsOf(definitions, 'timer'), context);
  const queues = await startQueueFunctions(functionsOf(definitions, 'queue'), context);
  const runByHand = (definition: FunctionDefinition, input: string) =>
    definition.trigger.kind === 'timer'
      ? timers.runByHand(definition)
      : invokeWithMessage(invoker, definition, { text: input, dequeueCount: 0 });
  const server = await startHttpServer({
    ...{ functions: app.core.functions, invoker, routePrefix, track: tracker.track },
    ...{ hostKey: config.hostKey, origin: config.origin },
    bodyLimitBytes: readBodyLimit(environment),
    runByHand: (definition, input) => tracker.track(runByHand(definition, input)),
    ...(app.httpUri !== undefined && { httpUri: app.httpUri }),
  });

  return {
    port: portOf(server),
    functions: definitions.map((definition) => summariseFunction(definition, routePrefix)),
    async stop(graceMs) {
      const listeners = [...timers.listeners, ...queues].map((listener) => listener.stop());
      const drained = Promise.all([...listeners, tracker.idle()]);
      await Promise.race([drained, delay(graceMs)]);
      await terminateApp(app, log);
      server.close();
    },
  };
}

function readBodyLimit(environment: Environment): number {
  const limit = Number(environment['FUNCTIONS_REQUEST_BODY_SIZE_LIMIT'] ?? Number.NaN);
  return Number.isInteger(limit) && limit > 0 ? limit : DEFAULT_BODY_LIMIT_BYTES;
}
