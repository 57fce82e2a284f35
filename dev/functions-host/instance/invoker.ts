import { randomUUID } from 'node:crypto';
import { createDeferred } from '../deferred.ts';
import { describeError } from '../log/describe-error.ts';
import type { Log, LogLevel } from '../log/log.ts';
import type { CoreApi } from './core-api.ts';
import type { InvocationRequest, InvocationResponse, TypedData } from './core-types.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { runInvocation } from './run-invocation.ts';
import { createTraceContext } from './trace-context.ts';

/** What a trigger hands over. */
export interface TriggerInput {
  data: TypedData;
  /** What `context.triggerMetadata` is made of. */
  metadata?: Record<string, TypedData>;
  /** Why the function runs, for the log. */
  reason: string;
  /** W3C `traceparent` of the caller. */
  traceParent?: string;
  /** Default: a new id. Given when something else has to find the invocation by it. */
  invocationId?: string;
}

/** What an invoker needs. */
export interface InvokerOptions {
  core: CoreApi;
  /** Longest run in milliseconds; null when unlimited. */
  functionTimeoutMs: number | null;
  log: Log;
  /** The object the app's hooks share. */
  appHookData: Record<string, unknown>;
  /** Called when a function ran too long: the process has to be replaced. */
  onTimeout: () => void;
}

/** Longest time a Node timer can take; a longer functionTimeout is as good as this one. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Runs the functions of an instance. When one exceeds the timeout, every running invocation fails
 * with it, because on Azure the worker process that runs them all is restarted.
 */
export class Invoker {
  readonly #options: InvokerOptions;
  /** Ends each running invocation early. */
  readonly #cutOffs = new Set<(reason: Error) => void>();

  constructor(options: InvokerOptions) {
    this.#options = options;
  }

  /**
   * Runs a function once and logs how it went.
   *
   * @throws what the function threw, or why it was cut off
   */
  async invoke(definition: FunctionDefinition, input: TriggerInput): Promise<InvocationResponse> {
    const { core, log, appHookData } = this.#options;
    const request = createRequest(definition, input);
    const { invocationId } = request;
    const tell = (level: LogLevel, message: string) =>
      log({ level, message, functionName: definition.name, invocationId });
    tell('information', `Executing (${input.reason})`);
    const startedAt = performance.now();
    const disarm = this.#armTimeout(definition.name);
    try {
      const run = runInvocation(core, definition, request, appHookData, log);
      const response = await this.#unlessCutOff(run);
      tell('information', `Succeeded in ${elapsed(startedAt)}`);
      return response;
    } catch (error) {
      tell('error', `Failed in ${elapsed(startedAt)}: ${describeError(error)}`);
      throw error;
    } finally {
      disarm();
    }
  }

  /** Not a race with one common promise, which would keep every result until it is settled. */
  async #unlessCutOff<T>(run: Promise<T>): Promise<T> {
    const early = createDeferred<never>();
    this.#cutOffs.add(early.reject);
    try {
      return await Promise.race([run, early.promise]);
    } finally {
      this.#cutOffs.delete(early.reject);
    }
  }

  #armTimeout(name: string): () => void {
    const { functionTimeoutMs, onTimeout } = this.#options;
    if (functionTimeoutMs === null) return () => undefined;
    const timer = setTimeout(
      () => {
        const limit = `functionTimeout (${functionTimeoutMs / 1000} s)`;
        const message = `function '${name}' ran longer than ${limit}; its instance is restarted`;
        for (const cutOff of this.#cutOffs) cutOff(new Error(message));
        onTimeout();
      },
      Math.min(functionTimeoutMs, LONGEST_TIMER_MS),
    );
    return () => clearTimeout(timer);
  }
}

function createRequest(definition: FunctionDefinition, input: TriggerInput): InvocationRequest {
  return {
    invocationId: input.invocationId ?? randomUUID(),
    functionId: definition.name,
    inputData: [{ name: definition.triggerName, data: input.data }],
    triggerMetadata: input.metadata ?? {},
    traceContext: createTraceContext(input.traceParent),
  };
}

function elapsed(startedAt: number): string {
  return `${Math.round(performance.now() - startedAt)} ms`;
}
