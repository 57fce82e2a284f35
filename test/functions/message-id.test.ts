import { expect, it } from 'vitest';
import { messageIdOf } from '../../src/functions/message-id.ts';
import { anInvocation } from './support/an-invocation.ts';

it.each([
  [{ id: 'message-1' }, 'message-1'],
  [{ id: 5 }, 'invocation-1'],
  [{}, 'invocation-1'],
  [undefined, 'invocation-1'],
])('the message of an invocation with the metadata %j is %s', (triggerMetadata, id) => {
  const { context } = anInvocation(triggerMetadata === undefined ? {} : { triggerMetadata });
  expect(messageIdOf(context)).toBe(id);
});
