import { describe, expect, test } from 'vitest';
import { createTriggerMetadata } from '../../../../dev/functions-host/queue/trigger-metadata.ts';

const message = {
  dequeueCount: 2,
  id: 'message-id',
  popReceipt: 'receipt',
  insertedOn: new Date('2026-11-21T06:36:37.123Z'),
  expiresOn: new Date('2026-11-28T06:36:37.123Z'),
  nextVisibleOn: new Date('2026-11-21T06:46:37Z'),
};

describe('trigger metadata', () => {
  test('has the facts of the message', () => {
    expect(createTriggerMetadata({ ...message, text: 'text' })).toEqual({
      QueueTrigger: { string: 'text' },
      DequeueCount: { json: '2' },
      Id: { string: 'message-id' },
      PopReceipt: { string: 'receipt' },
      InsertionTime: { json: '"2026-11-21T06:36:37+00:00"' },
      ExpirationTime: { json: '"2026-11-28T06:36:37+00:00"' },
      NextVisibleTime: { json: '"2026-11-21T06:46:37+00:00"' },
    });
  });

  test('takes in scalars and objects of a JSON payload, and no arrays', () => {
    const text = '{"runId":"r1","Count":5,"nested":{"a":1},"list":[1],"nothing":null}';
    const metadata = createTriggerMetadata({ text, dequeueCount: 1 });
    expect(metadata).toEqual({
      QueueTrigger: { string: text },
      DequeueCount: { json: '1' },
      runId: { json: '"r1"' },
      Count: { json: '5' },
      nested: { json: '{"a":1}' },
      nothing: { json: 'null' },
    });
  });

  test('lets the payload hide the facts of the message, whatever its case', () => {
    const text = '{"id":"mine","DEQUEUECOUNT":99}';
    const metadata = createTriggerMetadata({ ...message, text });
    expect(metadata['Id']).toEqual({ json: '"mine"' });
    expect(metadata['DequeueCount']).toEqual({ json: '99' });
    expect(Object.keys(metadata)).toHaveLength(7);
  });

  test.each(['[1,2]', '"text"', '5', 'null', '{', ''])('takes in nothing of %j', (text) => {
    expect(Object.keys(createTriggerMetadata({ text, dequeueCount: 1 }))).toEqual([
      'QueueTrigger',
      'DequeueCount',
    ]);
  });
});
