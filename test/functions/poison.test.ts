import { describe, expect, it } from 'vitest';
import { poisonHandler } from '../../src/functions/poison.ts';
import { parseBatchEntry } from '../../src/functions/queue-entry.ts';
import { aRunId as runId } from '../support/factories.ts';
import { anInvocation } from './support/an-invocation.ts';

describe('poisonHandler', () => {
  it('hands over a message of this app', async () => {
    const handled: unknown[] = [];
    const { context, log } = anInvocation();
    const handler = poisonHandler(parseBatchEntry, (...args) =>
      Promise.resolve(void handled.push(args)),
    );
    await handler({ runId, batch: 3 }, context);
    expect(handled).toEqual([[{ runId, batch: 3 }, context]]);
    expect(log).toEqual([]);
  });

  it('drops one that is not, with a warning that does not repeat it', async () => {
    const { context, log } = anInvocation();
    const handler = poisonHandler(parseBatchEntry, () => Promise.reject(new Error('was called')));
    await handler({ runId: 'forged', batch: 3 }, context);
    expect(log).toEqual([
      "warning: A message that is not one of this app's was dropped. " +
        "The message is not one of this app's: runId custom.",
    ]);
  });

  it('lets a failure reach the host, so that the message comes again', async () => {
    const handler = poisonHandler(parseBatchEntry, () =>
      Promise.reject(new Error('storage is down')),
    );
    const handled = handler({ runId, batch: 3 }, anInvocation().context);
    await expect(handled).rejects.toThrow('storage is down');
  });

  it('does not take a fault in parsing for a foreign message', async () => {
    const parse = () => {
      throw new TypeError('a fault');
    };
    const handled = poisonHandler(parse, () => Promise.resolve())({}, anInvocation().context);
    await expect(handled).rejects.toThrow('a fault');
  });
});
