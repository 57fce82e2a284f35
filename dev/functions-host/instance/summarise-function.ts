import type { FunctionSummary } from '../protocol.ts';
import type { FunctionDefinition } from './function-definition.ts';

/** A function as the host lists it to people. */
export function summariseFunction(
  { name, trigger, isDisabled }: FunctionDefinition,
  routePrefix: string,
): FunctionSummary {
  const common = { name, kind: trigger.kind, isDisabled };
  switch (trigger.kind) {
    case 'http': {
      const path = [routePrefix, trigger.route.replace(/^\/+/, '')].filter(Boolean).join('/');
      return { ...common, methods: trigger.methods, source: `/${path}` };
    }
    case 'queue':
      return { ...common, methods: [], source: trigger.queueName };
    case 'timer':
      return { ...common, methods: [], source: trigger.schedule };
  }
}
