import type { Log } from '../log/log.ts';
import type { InstanceConfig } from '../protocol.ts';
import type { Environment } from '../settings/environment.ts';
import type { FunctionDefinition, Trigger } from './function-definition.ts';
import type { Invoker } from './invoker.ts';

/** What the listeners of an instance need. */
export interface ListenerContext {
  config: InstanceConfig;
  environment: Environment;
  invoker: Invoker;
  log: Log;
}

/** A function whose trigger is of this kind. */
export type FunctionOf<K extends Trigger['kind']> = FunctionDefinition & {
  trigger: Extract<Trigger, { kind: K }>;
};

/** The functions of one trigger kind that are not disabled. */
export function functionsOf<K extends Trigger['kind']>(
  functions: Iterable<FunctionDefinition>,
  kind: K,
): FunctionOf<K>[] {
  return [...functions].filter(
    (one): one is FunctionOf<K> => one.trigger.kind === kind && !one.isDisabled,
  );
}
