import { InvocationContext, type InvocationContextInit } from '@azure/functions';

/** A line as a handler logged it: `warning: …`. */
type LogLine = string;

/** An invocation as the host makes it, and what was logged in it. */
export function anInvocation(init: InvocationContextInit = {}): {
  context: InvocationContext;
  log: LogLine[];
} {
  const log: LogLine[] = [];
  const context = new InvocationContext({
    invocationId: 'invocation-1',
    functionName: 'tested',
    logHandler: (level, ...args) => log.push(`${level}: ${args.join(' ')}`),
    ...init,
  });
  return { context, log };
}
