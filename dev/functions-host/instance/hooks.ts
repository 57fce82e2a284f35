import { HOOK_NAMES } from './core-types.ts';
import type { HookCallback, HookName } from './core-types.ts';
import { Disposable } from './disposable.ts';

/** The hooks an app registered. */
export interface Hooks {
  /** @throws RangeError, marked as the library expects it, for a name that is no hook */
  register: (name: string, callback: HookCallback) => Disposable;
  /** Runs the hooks of a name in the order of registration, each awaited. */
  run: (name: HookName, context: Record<string, unknown>) => Promise<void>;
  /** Runs the log hooks, which are synchronous by contract. They may change level and message. */
  runLog: (context: Record<string, unknown>) => void;
}

/** Starts with no hooks. */
export function createHooks(): Hooks {
  const callbacks = new Map<HookName, HookCallback[]>(HOOK_NAMES.map((name) => [name, []]));

  function register(name: string, callback: HookCallback): Disposable {
    const known = HOOK_NAMES.find((candidate) => candidate === name);
    const list = known === undefined ? undefined : callbacks.get(known);
    if (list === undefined) {
      const error = new RangeError(`Unrecognized hook "${name}"`);
      throw Object.assign(error, { isAzureFunctionsSystemError: true });
    }
    list.push(callback);
    return new Disposable(() => {
      const index = list.indexOf(callback);
      if (index >= 0) list.splice(index, 1);
    });
  }

  return {
    register,
    async run(name, context) {
      for (const callback of [...(callbacks.get(name) ?? [])]) await callback(context);
    },
    runLog(context) {
      for (const callback of [...(callbacks.get('log') ?? [])]) callback(context);
    },
  };
}
