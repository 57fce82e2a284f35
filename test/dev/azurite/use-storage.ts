import { TableClient } from '@azure/data-tables';
import { ManagedIdentityCredential } from '@azure/identity';
import { QueueServiceClient } from '@azure/storage-queue';

/** Uses a queue and a table through the managed identity, and prints what came back as JSON. */
const credential = new ManagedIdentityCredential();

const queues = new QueueServiceClient(process.env['QUEUE_SERVICE_URI'] ?? '', credential);
const queue = queues.getQueueClient('sync-plans');
await queue.create();
await queue.sendMessage('hello');
const { receivedMessageItems } = await queue.receiveMessages();

const table = new TableClient(process.env['TABLE_SERVICE_URI'] ?? '', 'Runs', credential);
await table.createTable();
await table.createEntity({ partitionKey: 'run', rowKey: '1', status: 'planning' });
const stale = await table
  .updateEntity({ partitionKey: 'run', rowKey: '1', status: 'running' }, 'Merge', {
    etag: 'W/"stale"',
  })
  .then(
    () => 'written',
    (error: unknown) => (error as { statusCode?: number }).statusCode,
  );
const { status } = await table.getEntity<{ status: string }>('run', '1');

console.log(
  JSON.stringify({ messages: receivedMessageItems.map((item) => item.messageText), status, stale }),
);
