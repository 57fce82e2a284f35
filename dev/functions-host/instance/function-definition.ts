import { z } from 'zod';
import { ConfigurationError } from '../settings/configuration-error.ts';
import { resolveBindingExpression } from '../settings/binding-expression.ts';
import type { Environment } from '../settings/environment.ts';
import { AUTH_LEVELS } from '../http/authorisation.ts';
import type { AuthLevel } from '../http/authorisation.ts';
import { parseRouteTemplate } from '../http/route-template.ts';
import { parseSchedule } from '../timer/schedule.ts';
import type { FunctionCallback, FunctionMetadata } from './core-types.ts';

/** What starts a function. */
export type Trigger =
  | { kind: 'http'; methods: string[]; authLevel: AuthLevel; route: string }
  | { kind: 'queue'; queueName: string; connection?: string }
  | { kind: 'timer'; schedule: string; runOnStartup: boolean; useMonitor: boolean };

/** A registered function, its trigger understood and its `%SETTING%`s resolved. */
export interface FunctionDefinition {
  name: string;
  metadata: FunctionMetadata;
  callback: FunctionCallback;
  /** Name of the trigger's binding, under which the library looks for the input. */
  triggerName: string;
  trigger: Trigger;
  /** Set by the setting `AzureWebJobs.<name>.Disabled`: not listened for, its routes answer 404. */
  isDisabled: boolean;
}

const triggerSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('httpTrigger'),
    methods: z.array(z.string().toUpperCase()),
    authLevel: z.string().toLowerCase().pipe(z.enum(AUTH_LEVELS)),
    route: z.string().optional(),
  }),
  z.object({
    type: z.literal('queueTrigger'),
    queueName: z.string().min(1),
    connection: z.string().optional(),
  }),
  z.object({
    type: z.literal('timerTrigger'),
    schedule: z.string().min(1),
    runOnStartup: z.boolean().default(false),
    useMonitor: z.boolean().default(true),
  }),
]);

/**
 * Understands what the library registers.
 *
 * @throws ConfigurationError naming the function when it uses a trigger or binding this host does
 *   not have, or when a schedule, route or queue name is wrong
 */
export function defineFunction(
  metadata: FunctionMetadata,
  callback: FunctionCallback,
  environment: Environment,
): FunctionDefinition {
  const where = `function '${metadata.name}'`;
  const triggerEntry = Object.entries(metadata.bindings).find(([, { type }]) =>
    /trigger$/i.test(type ?? ''),
  );
  if (triggerEntry === undefined) throw new ConfigurationError(`${where} has no trigger`);
  const [triggerName] = triggerEntry;
  refuseOtherBindings(metadata, triggerName, where);
  const trigger = readTrigger(triggerEntry[1], metadata.name, environment, where);
  const isDisabled = isDisabledBySetting(metadata.name, environment);
  return { name: metadata.name, metadata, callback, triggerName, trigger, isDisabled };
}

function readTrigger(
  binding: unknown,
  functionName: string,
  environment: Environment,
  where: string,
): Trigger {
  const parsed = triggerSchema.safeParse(binding);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const isType = issue?.path[0] === 'type';
    throw new ConfigurationError(
      isType
        ? `${where}: this host has HTTP, queue and timer triggers only`
        : `${where}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
    );
  }
  const resolve = (text: string, field: string) =>
    resolveBindingExpression(text, environment, `${where}: ${field}`);
  switch (parsed.data.type) {
    case 'httpTrigger': {
      const { methods, authLevel } = parsed.data;
      const route = resolve(parsed.data.route ?? '', 'route') || functionName;
      parseRouteTemplate(route, `${where}: route`);
      return { kind: 'http', methods, authLevel, route };
    }
    case 'queueTrigger': {
      const connection = parsed.data.connection && resolve(parsed.data.connection, 'connection');
      // Azure allows lower case only and the real host lowers the name.
      const queueName = resolve(parsed.data.queueName, 'queueName').toLowerCase();
      return { kind: 'queue', queueName, ...(connection !== undefined && { connection }) };
    }
    case 'timerTrigger': {
      const { runOnStartup, useMonitor } = parsed.data;
      const schedule = resolve(parsed.data.schedule, 'schedule');
      parseSchedule(schedule, `${where}: schedule`);
      return { kind: 'timer', schedule, runOnStartup, useMonitor };
    }
  }
}

/** Running without a binding or policy the app counts on would be a silent difference to Azure. */
function refuseOtherBindings(metadata: FunctionMetadata, triggerName: string, where: string): void {
  for (const [name, { type, direction }] of Object.entries(metadata.bindings)) {
    const isHttpResponse = name === '$return' && type?.toLowerCase() === 'http';
    if (name === triggerName || isHttpResponse) continue;
    throw new ConfigurationError(
      `${where} has an ${direction ?? ''}put binding of type '${type ?? ''}', which this host does ` +
        'not have; use the SDK of that service inside the function',
    );
  }
  if (metadata.retryOptions !== undefined) {
    throw new ConfigurationError(`${where} has a retry policy, which this host does not have`);
  }
}

function isDisabledBySetting(name: string, environment: Environment): boolean {
  const value =
    environment[`AzureWebJobs.${name}.Disabled`] ?? environment[`AzureWebJobs__${name}__Disabled`];
  return value === '1' || value?.toLowerCase() === 'true';
}
