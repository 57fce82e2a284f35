import { RestError } from '@azure/data-tables';
import { describe, expect, it } from 'vitest';
import {
  errorCodeOf,
  isConflict,
  isNotFound,
  isStale,
  tableClient,
  withTable,
} from '../../../src/adapters/table/tables.ts';
import { collect } from '../../support/collect.ts';
import { aTable, sharedStorage } from '../../support/storage.ts';

const credential = { getToken: () => Promise.resolve(null) };
const row = (rowKey: string) => ({ partitionKey: 'p', rowKey });
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('tableClient', () => {
  it('reaches the table through the identity', () => {
    const tableServiceUri = 'https://account.table.core.windows.net';
    const connection = { kind: 'identity', tableServiceUri, queueServiceUri: '' } as const;
    const { url, tableName } = tableClient(connection, credential, 'Runs');
    expect({ url, tableName }).toEqual({ url: tableServiceUri, tableName: 'Runs' });
  });

  it('reaches it through a connection string, over http on loopback', async () => {
    const client = tableClient(sharedStorage(), credential, 'Coordination');
    const error = await failureOf(client.getEntity('nobody', 'there'));
    expect(isNotFound(error)).toBe(true);
  });
});

describe('withTable', () => {
  it('creates the table that is missing, once, for several writers at once', async () => {
    const table = aTable();
    const keys = ['1', '2', '3', '4'];
    await Promise.all(keys.map((key) => withTable(table, () => table.createEntity(row(key)))));
    const found = await collect(table.listEntities());
    expect(found.map(({ rowKey }) => rowKey)).toEqual(keys);
  });

  it('does not repeat what failed for another reason', async () => {
    let calls = 0;
    const failing = withTable(aTable(), () => {
      calls++;
      return Promise.reject(new RestError('busy', { statusCode: 503 }));
    });
    await expect(failing).rejects.toThrow('busy');
    expect(calls).toBe(1);
  });
});

describe('a failure of the table service', () => {
  it('is told apart by status and code', async () => {
    const table = aTable();
    const noTable = await failureOf(table.createEntity(row('1')));
    expect([errorCodeOf(noTable), isNotFound(noTable)]).toEqual(['TableNotFound', true]);

    await table.createTable();
    const noEntity = await failureOf(table.getEntity('p', '1'));
    expect([errorCodeOf(noEntity), isNotFound(noEntity)]).toEqual(['ResourceNotFound', true]);

    const { etag = '' } = await table.createEntity(row('1'));
    const exists = await failureOf(table.createEntity(row('1')));
    expect([errorCodeOf(exists), isConflict(exists)]).toEqual(['EntityAlreadyExists', true]);

    await table.updateEntity({ ...row('1'), n: 1 }, 'Replace');
    const stale = await failureOf(table.updateEntity(row('1'), 'Replace', { etag }));
    expect([errorCodeOf(stale), isStale(stale)]).toEqual(['UpdateConditionNotSatisfied', true]);
  });

  it('is none of these when it is no failure of the service', () => {
    const error = new Error('a fault');
    expect([errorCodeOf(error), isNotFound(error), isConflict(error), isStale(error)]).toEqual([
      undefined,
      false,
      false,
      false,
    ]);
  });
});
