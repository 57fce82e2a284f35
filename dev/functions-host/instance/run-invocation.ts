import type { Log } from '../log/log.ts';
import type { CoreApi } from './core-api.ts';
import type { CoreInvocationContext, InvocationRequest, InvocationResponse } from './core-types.ts';
import type { FunctionDefinition } from './function-definition.ts';

/**
 * Runs one invocation through the library: arguments, hooks before, the handler, hooks after,
 * response, in the order of the real worker.
 *
 * @param appHookData the object all hooks of this app share
 * @throws what the handler or a hook threw, unless a hook after the invocation took the error back
 */
export async function runInvocation(
  core: CoreApi,
  definition: FunctionDefinition,
  request: InvocationRequest,
  appHookData: Record<string, unknown>,
  log: Log,
): Promise<InvocationResponse> {
  const model = core.module.getProgrammingModel();
  if (model === undefined) throw new Error('the app did not load the @azure/functions library');
  const coreContext = createCoreContext(core, definition, request, log);
  const invocation = await model.getInvocationModel(coreContext);
  const { context, inputs } = await invocation.getArguments();
  const hookData = {};

  coreContext.state = 'preInvocationHooks';
  const functionCallback = definition.callback;
  const shared = { hookData, appHookData, invocationContext: context };
  const before = { ...shared, inputs, functionCallback };
  await core.hooks.run('preInvocation', before);

  coreContext.state = 'invocation';
  // null is how the worker tells hooks "none".
  const outcome: { result: unknown; error: unknown } = { result: null, error: null };
  try {
    outcome.result = await invocation.invokeFunction(
      context,
      before.inputs,
      before.functionCallback,
    );
  } catch (error) {
    outcome.error = error ?? new Error('the handler threw nothing (null or undefined)');
  }

  coreContext.state = 'postInvocationHooks';
  const after = { ...shared, inputs: before.inputs, ...outcome };
  await core.hooks.run('postInvocation', after);
  if (after.error !== null && after.error !== undefined) throw toError(after.error);
  // A handler that returns nothing is answered with 204; said here, because a streamed response
  // never passes the host.
  const isEmptyHttp =
    definition.trigger.kind === 'http' && (after.result === null || after.result === undefined);
  return await invocation.getResponse(context, isEmptyHttp ? { status: 204 } : after.result);
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(`thrown: ${String(thrown)}`);
}

function createCoreContext(
  core: CoreApi,
  { metadata, name }: FunctionDefinition,
  request: InvocationRequest,
  log: Log,
): CoreInvocationContext {
  const { invocationId } = request;
  return {
    invocationId,
    request,
    metadata,
    log(level, category, message) {
      const entry = { level, message, category };
      core.hooks.runLog(entry);
      log({ level: entry.level, message: entry.message, functionName: name, invocationId });
    },
  };
}
