import { describe, expect, it } from 'vitest';
import { MessageQueue } from '../../../../bench/simulation/storage/message-queue.ts';

function aQueue(...visibleAt: readonly number[]): MessageQueue {
  const queue = new MessageQueue('test');
  for (const at of visibleAt) queue.send({ runId: String(at) }, at);
  return queue;
}

const namesOf = (messages: readonly { readonly entry: { readonly runId: string } }[]) =>
  messages.map(({ entry }) => entry.runId);

describe('MessageQueue', () => {
  it('delivers what is visible and nothing else', () => {
    const queue = aQueue(30, 10, 20);
    expect(namesOf(queue.receive(4, 20, 100))).toEqual(['10', '20']);
  });

  it('delivers no more than it is asked for', () => {
    expect(namesOf(aQueue(1, 2, 3).receive(2, 10, 100))).toEqual(['1', '2']);
  });

  it('delivers a message again when its time is up, and counts that', () => {
    const queue = aQueue(0);
    queue.receive(1, 0, 100);
    expect(queue.receive(1, 99, 100)).toEqual([]);
    expect(queue.receive(1, 100, 100).map(({ dequeueCount }) => dequeueCount)).toEqual([2]);
  });

  it('does not let a holder remove a message that has another holder by now', () => {
    const queue = aQueue(0);
    const [earlier] = queue.receive(1, 0, 100);
    const [later] = queue.receive(1, 100, 100);
    if (earlier === undefined || later === undefined) throw new Error('nothing was received');
    queue.remove(earlier);
    expect(queue.size).toBe(1);
    queue.remove(later);
    expect(queue.size).toBe(0);
  });

  it('knows whether any message is visible, also after some were removed', () => {
    const queue = aQueue(0, 50);
    const [message] = queue.receive(1, 0, 10);
    if (message === undefined) throw new Error('nothing was received');
    queue.remove(message);
    expect([queue.isAnyVisible(49), queue.isAnyVisible(50)]).toEqual([false, true]);
  });
});
