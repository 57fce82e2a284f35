import type { InvocationContext } from '@azure/functions';

/** The storage queue's id of the message that is being handled: the same in each delivery of it. */
export function messageIdOf(context: InvocationContext): string {
  const id = context.triggerMetadata?.['id'];
  return typeof id === 'string' ? id : context.invocationId;
}
