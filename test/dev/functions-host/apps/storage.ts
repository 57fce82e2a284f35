import { app } from '@azure/functions';
import { ManagedIdentityCredential } from '@azure/identity';
import { QueueServiceClient } from '@azure/storage-queue';
import { observe } from './observe.ts';

// An app that reaches its storage by managed identity, as the host does for its triggers.

app.http('send', {
  authLevel: 'anonymous',
  methods: ['POST'],
  handler: async (request) => {
    const uri = process.env['AzureWebJobsStorage__queueServiceUri'] ?? '';
    const service = new QueueServiceClient(uri, new ManagedIdentityCredential());
    const queue = service.getQueueClient('work');
    await queue.createIfNotExists();
    await queue.sendMessage(Buffer.from(await request.text()).toString('base64'));
    return { status: 202 };
  },
});

app.storageQueue('work', { queueName: 'work', connection: '', handler: (text) => observe(text) });

app.timer('yearly', {
  schedule: '0 0 0 1 1 *',
  handler: (timer) => observe(timer.scheduleStatus.last),
});
