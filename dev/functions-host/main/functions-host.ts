import { resolve } from 'node:path';
import { TERMINATE_HOOKS_MS } from '../limits.ts';
import type { LogLevel } from '../log/log.ts';
import type { FunctionSummary, HostTiming, InstanceConfig } from '../protocol.ts';
import type { Environment } from '../settings/environment.ts';
import { createHostId } from '../settings/host-id.ts';
import { defaultTiming } from './default-timing.ts';
import { startFrontServer } from './front-server.ts';
import { InstanceProcess } from './instance-process.ts';
import { InstancePool } from './instance-pool.ts';
import { createLineLog } from './line-log.ts';
import { proxyRequest } from './proxy-request.ts';
import { createRandomKey, readApp } from './read-app.ts';
import type { AppDescription } from './read-app.ts';

/** How to run an app. */
export interface FunctionsHostOptions {
  /** Folder of package.json, host.json and, when there is one, local.settings.json. */
  appDirectory: string;
  /** Default 0: any free port. */
  port?: number;
  /** Processes that run the app. Default 1. */
  instances?: number;
  /** Settings laid over this process's environment; both win over local.settings.json. */
  environment?: Environment;
  /** Opens every route and the admin route. Default: setting LOCAL_FUNCTION_KEY, else random. */
  functionKey?: string;
  /** Takes each log line. Default: standard output. */
  log?: (line: string) => void;
  /** Least level that is logged; `none` keeps the host quiet. Default `information`. */
  logLevel?: LogLevel;
  /** Longest wait for running functions at a stop, in milliseconds. Default 10,000. */
  stopTimeoutMs?: number;
  /** Gives up a start that is under way; afterwards {@link FunctionsHost.stop} is the way. */
  signal?: AbortSignal;
  /** Times that tests shorten. */
  timing?: Partial<HostTiming>;
}

/** An app that is running. */
export interface FunctionsHost {
  /** `http://127.0.0.1:<port>` */
  url: string;
  functionKey: string;
  /** Whether nobody chose the key, so that it has to be shown. */
  isKeyRandom: boolean;
  functions: FunctionSummary[];
  instances: () => { index: number; pid: number }[];
  /** Stops listening, lets running functions end, and ends the processes. May be called again. */
  stop: () => Promise<void>;
}

const DEFAULT_STOP_TIMEOUT_MS = 10_000;

/**
 * Runs an Azure Functions app on this machine: the local counterpart of the Functions host, with
 * each instance in a process of its own.
 *
 * @throws ConfigurationError for what the developer must correct: a missing build, a bad host.json, a
 *   taken port, an app that does not load
 */
export async function startFunctionsHost(options: FunctionsHostOptions): Promise<FunctionsHost> {
  const { port = 0, instances = 1, stopTimeoutMs = DEFAULT_STOP_TIMEOUT_MS, signal } = options;
  const given = { ...process.env, ...options.environment };
  const app = await readApp(resolve(options.appDirectory), given);
  const chosenKey = options.functionKey ?? app.chosenKey;
  const functionKey = chosenKey ?? createRandomKey();
  const log = createLineLog(options.log, options.logLevel);

  const front = await startFrontServer(port);
  const config = createInstanceConfig(app, options, functionKey, front.origin);
  const environment = { ...app.environment, WEBSITE_HOSTNAME: new URL(front.origin).host };
  const pool = new InstancePool({
    count: instances,
    startInstance: (index) =>
      new InstanceProcess(index, config, environment, (entry) => log(entry, index)),
    log,
  });
  front.serve((request, response) => void proxyRequest(request, response, pool));

  const stop = once(async () => {
    const closed = front.close(stopTimeoutMs + TERMINATE_HOOKS_MS);
    await pool.stop(stopTimeoutMs);
    await closed;
  });
  const giveUp = () => void pool.stop(0);
  signal?.addEventListener('abort', giveUp);
  try {
    signal?.throwIfAborted();
    const functions = await pool.start();
    const isKeyRandom = chosenKey === undefined;
    const list = () => pool.instances();
    return { url: front.origin, functionKey, isKeyRandom, functions, instances: list, stop };
  } catch (error) {
    await front.close(0);
    throw error;
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }
}

function createInstanceConfig(
  app: AppDescription,
  options: FunctionsHostOptions,
  hostKey: string,
  origin: string,
): InstanceConfig {
  return {
    appDirectory: resolve(options.appDirectory),
    entryFiles: app.entryFiles,
    isModulePackage: app.isModulePackage,
    hostSettings: app.hostSettings,
    hostId: createHostId(app.name, app.environment),
    hostKey,
    origin,
    ...(app.certificateFile !== undefined && { certificateFile: app.certificateFile }),
    timing: { ...defaultTiming(app.environment), ...options.timing },
  };
}

function once(work: () => Promise<void>): () => Promise<void> {
  let result: Promise<void> | undefined;
  return () => (result ??= work());
}
