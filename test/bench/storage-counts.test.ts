import { describe, expect, it } from 'vitest';
import { createStorageCounter, kindOf } from '../../bench/support/storage-counts.ts';

const request = (method: string, path: string) => ({
  method,
  path: `/devstoreaccount1/${path}`,
  status: 200,
});

describe('a request to storage', () => {
  it.each([
    ['GET', "Runs(PartitionKey='run',RowKey='1')", 'tables'],
    ['PUT', 'Coordination(PartitionKey=%27writeBudget%27,RowKey=%27graph%27)', 'tables'],
    ['GET', 'RunItems()?$filter=x', 'tables'],
    ['POST', '$batch', 'tables'],
    ['POST', 'Tables', 'tables'],
    ['POST', 'sync-batches/messages?visibilitytimeout=10', 'queues'],
    ['DELETE', 'sync-batches/messages/1?popreceipt=2', 'queues'],
    ['GET', 'sync-batches/messages?numofmessages=4&visibilitytimeout=15', 'polls'],
    ['PUT', 'azure-webjobs-hosts/locks/host?comp=lease', undefined],
    ['PUT', 'sync-batches', undefined],
  ])('%s %s counts as %s', (method, path, kind) => {
    expect(kindOf(request(method, path))).toBe(kind);
  });
});

it('counts from one time to the next', () => {
  const counter = createStorageCounter();
  counter.onRequest(request('POST', '$batch'));
  counter.onRequest(request('GET', 'sync-batches/messages'));
  expect(counter.take()).toEqual({ tables: 1, queues: 0, polls: 1 });
  expect(counter.take()).toEqual({ tables: 0, queues: 0, polls: 0 });
});
