import type { Environment } from '../settings/environment.ts';
import type { Log, LogLevel } from '../log/log.ts';
import type {
  FunctionCallback,
  FunctionMetadata,
  HookCallback,
  LogCategory,
  ProgrammingModel,
} from './core-types.ts';
import { Disposable } from './disposable.ts';
import { defineFunction } from './function-definition.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { createHooks } from './hooks.ts';
import type { Hooks } from './hooks.ts';

/** What the app, through the library, sees as the module `@azure/functions-core`. */
export interface CoreModule {
  version: string;
  hostVersion: string;
  Disposable: typeof Disposable;
  setProgrammingModel: (model: ProgrammingModel) => void;
  getProgrammingModel: () => ProgrammingModel | undefined;
  registerFunction: (metadata: FunctionMetadata, callback: FunctionCallback) => Disposable;
  registerHook: (name: string, callback: HookCallback) => Disposable;
  log: (level: LogLevel, category: LogCategory, message: string) => void;
}

/** The host's side of the same. */
export interface CoreApi {
  module: CoreModule;
  hooks: Hooks;
  /** The registered functions by name. */
  functions: ReadonlyMap<string, FunctionDefinition>;
  /** Ends the start: from now on a registration throws. */
  lock: () => void;
}

/** Versions of the worker and host whose behaviour is reproduced here. */
const WORKER_VERSION = '3.9.1';
const HOST_VERSION = '4.1037.0';

/**
 * Creates the module the app's library talks to.
 *
 * @param environment settings for `%SETTING%` in bindings
 * @param log receives what the library says outside an invocation
 */
export function createCoreApi(environment: Environment, log: Log): CoreApi {
  const hooks = createHooks();
  const functions = new Map<string, FunctionDefinition>();
  let model: ProgrammingModel | undefined;
  let isLocked = false;

  function registerFunction(metadata: FunctionMetadata, callback: FunctionCallback): Disposable {
    if (isLocked) throw new Error('A function can only be registered during app startup.');
    const id = metadata.functionId ?? metadata.name;
    if (functions.has(id)) {
      throw new Error(`A function with id "${id}" has already been registered.`);
    }
    functions.set(id, defineFunction(metadata, callback, environment));
    return new Disposable(() => {
      if (isLocked) throw new Error('A function can only be disposed during app startup.');
      functions.delete(id);
    });
  }

  const module: CoreModule = {
    version: WORKER_VERSION,
    hostVersion: HOST_VERSION,
    Disposable,
    setProgrammingModel: (next) => {
      model = next;
    },
    getProgrammingModel: () => model,
    registerFunction,
    registerHook: hooks.register,
    log: (level, category, message) => {
      // What the library tells about its own working interests nobody but its authors.
      log({ level: category === 'system' && level === 'information' ? 'debug' : level, message });
    },
  };
  return { module, hooks, functions, lock: () => (isLocked = true) };
}
