import { beforeEach, describe, expect, it } from 'vitest';
import { TableIdempotencyKeys } from '../../../src/adapters/table/table-idempotency-keys.ts';
import type { KeyEntry } from '../../../src/use-cases/ports.ts';
import { startOfTest as now } from '../../support/factories.ts';
import { aTable, countRequests } from '../../support/storage.ts';

let table = aTable();
let keys = new TableIdempotencyKeys(table);
beforeEach(() => {
  table = aTable();
  keys = new TableIdempotencyKeys(table);
});

const entry = (runId: string, overrides: Partial<KeyEntry> = {}): KeyEntry => ({
  runId,
  fingerprint: 'f1',
  at: now,
  ...overrides,
});
const never = () => false;
const always = () => true;

describe('before there is a table', () => {
  it('there is nothing to release or remove', async () => {
    await keys.release('key', 'run-1');
    await keys.removeBefore(now);
    expect(await keys.claim('key', entry('run-1'), never)).toEqual(entry('run-1'));
  });
});

describe('a key', () => {
  it('is of who claims it first; the others are told who that is', async () => {
    expect(await keys.claim('key', entry('run-1'), never)).toEqual(entry('run-1'));
    const second = entry('run-2', { fingerprint: 'f2', at: now + 1 });
    expect(await keys.claim('key', second, never)).toEqual(entry('run-1'));
  });

  it('is not another key, however alike they look', async () => {
    const alike = ['key', 'Key', 'key ', 'kéy', 'key/1', 'key\\1', 'key#1', 'key?1', '../key'];
    for (const [place, key] of alike.entries()) {
      const mine = entry(`run-${place}`);
      expect(await keys.claim(key, mine, never)).toEqual(mine);
    }
  });

  it('of 255 characters is as good as any', async () => {
    const long = '~'.repeat(255);
    await keys.claim(long, entry('run-1'), never);
    expect(await keys.claim(long, entry('run-2'), never)).toEqual(entry('run-1'));
  });

  it('that is over goes to the next who claims it', async () => {
    await keys.claim('key', entry('run-1'), never);
    const isOver = ({ runId, at }: KeyEntry) => runId === 'run-1' && at === now;
    expect(await keys.claim('key', entry('run-2'), isOver)).toEqual(entry('run-2'));
    expect(await keys.claim('key', entry('run-3'), isOver)).toEqual(entry('run-2'));
  });

  it('is written once: claiming it again only reads', async () => {
    await keys.claim('key', entry('run-1'), never);
    const requests = countRequests(table);
    await keys.claim('key', entry('run-2'), never);
    expect(requests()).toBe(1);
  });

  it.each([
    ['new', never, undefined],
    ['over', ({ runId }: KeyEntry) => runId === 'old', 'old'],
  ])('that is %s goes to exactly one of eight at once', async (_, isOver, before) => {
    if (before !== undefined) await keys.claim('key', entry(before), never);
    const results = await Promise.all(
      Array.from({ length: 8 }, (_none, number) =>
        new TableIdempotencyKeys(aTable(table.tableName)).claim(
          'key',
          entry(`run-${number}`),
          isOver,
        ),
      ),
    );
    const winners = new Set(results.map(({ runId }) => runId));
    expect(winners.size).toBe(1);
    expect([...winners][0]).toMatch(/^run-\d$/);
  });
});

describe('release', () => {
  it('frees the key of a run', async () => {
    await keys.claim('key', entry('run-1'), never);
    await keys.release('key', 'run-1');
    expect(await keys.claim('key', entry('run-2'), never)).toEqual(entry('run-2'));
  });

  it('leaves the key of another run alone', async () => {
    await keys.claim('key', entry('run-1'), never);
    await keys.release('key', 'run-2');
    expect(await keys.claim('key', entry('run-3'), never)).toEqual(entry('run-1'));
  });

  it('leaves the key to whoever claimed it meanwhile', async () => {
    await keys.claim('key', entry('run-1'), never);
    const other = new TableIdempotencyKeys(aTable(table.tableName));
    // Between the look and the removal the key is claimed by another.
    beforeDelete(() => other.claim('key', entry('run-2'), always));
    await keys.release('key', 'run-1');
    expect(await other.claim('key', entry('run-3'), never)).toEqual(entry('run-2'));
  });
});

describe('removeBefore', () => {
  it('removes keys that are older than a moment, and those only', async () => {
    await keys.claim('old', entry('run-1', { at: now - 1 }), never);
    await keys.claim('just', entry('run-2', { at: now }), never);
    await keys.removeBefore(now);
    expect(await keys.claim('old', entry('run-3'), never)).toEqual(entry('run-3'));
    expect(await keys.claim('just', entry('run-4'), never)).toEqual(entry('run-2'));
  });

  it('leaves every other row of the table alone', async () => {
    await keys.claim('old', entry('run-1', { at: now - 1 }), never);
    const other = { partitionKey: 'openRuns', rowKey: 'lane', at: new Date(0).toISOString() };
    await table.createEntity(other);
    await keys.removeBefore(now);
    expect(await table.getEntity('openRuns', 'lane')).toMatchObject(other);
  });
});

/** Does something once, right before the next row is deleted. */
function beforeDelete(act: () => Promise<unknown>): void {
  let isDone = false;
  table.pipeline.addPolicy({
    name: 'beforeDelete',
    async sendRequest(request, next) {
      if (request.method === 'DELETE' && !isDone) {
        isDone = true;
        await act();
      }
      return next(request);
    },
  });
}
