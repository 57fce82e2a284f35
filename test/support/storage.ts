import { randomUUID } from 'node:crypto';
import { TableClient } from '@azure/data-tables';
import { QueueServiceClient } from '@azure/storage-queue';
import { inject } from 'vitest';

/** How the app reaches the Azurite that all test files share. */
export function sharedStorage() {
  const connectionString = inject('storageConnectionString');
  return { kind: 'connectionString', connectionString } as const;
}

/** The client of a table that no other test uses and that does not exist yet. */
export function aTable(name = `T${randomUUID().replaceAll('-', '')}`): TableClient {
  const { connectionString } = sharedStorage();
  return TableClient.fromConnectionString(connectionString, name, {
    allowInsecureConnection: true,
  });
}

/** Counts the requests that a client makes from now on. */
export function countRequests(client: TableClient): () => number {
  let count = 0;
  client.pipeline.addPolicy({
    name: 'countRequests',
    sendRequest(request, next) {
      count++;
      return next(request);
    },
  });
  return () => count;
}

/** How many rows each query of a client asks for from now on. */
export function rowsAskedFor(client: TableClient): readonly number[] {
  const rows: number[] = [];
  client.pipeline.addPolicy({
    name: 'rowsAskedFor',
    sendRequest(request, next) {
      rows.push(Number(new URL(request.url).searchParams.get('$top')));
      return next(request);
    },
  });
  return rows;
}

/** A queue service whose queues no other test uses, although their names look like the app's. */
export function someQueues(): QueueServiceClient {
  const service = QueueServiceClient.fromConnectionString(sharedStorage().connectionString);
  const prefix = `t${randomUUID().slice(0, 8)}`;
  const getQueueClient = service.getQueueClient.bind(service);
  service.getQueueClient = (name) => getQueueClient(`${prefix}-${name}`);
  return service;
}
