import { registerHooks } from 'node:module';
import type { CoreModule } from './core-api.ts';

const MODULE_ID = '@azure/functions-core';
const VIRTUAL_URL = 'functions-host:core';
const GLOBAL_KEY = 'fleet-sync.functions-core';

/**
 * Makes `@azure/functions-core` resolve to the given module in this process, for `require` and
 * `import` alike. The real worker does the same by replacing `require`; module hooks also reach ESM.
 */
export function supplyCoreModule(core: CoreModule): void {
  Object.defineProperty(globalThis, Symbol.for(GLOBAL_KEY), { value: core, configurable: true });
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier !== MODULE_ID) return next(specifier, context);
      return { url: VIRTUAL_URL, format: 'commonjs', shortCircuit: true };
    },
    load(url, context, next) {
      if (url !== VIRTUAL_URL) return next(url, context);
      const source = `module.exports = globalThis[Symbol.for(${JSON.stringify(GLOBAL_KEY)})];`;
      return { format: 'commonjs', source, shortCircuit: true };
    },
  });
}
