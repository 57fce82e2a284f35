import { ReadableStream } from 'node:stream/web';
import { app } from '@azure/functions';
import { observe, untilReleased } from './observe.ts';

// HTTP functions whose bodies are streams.

app.setup({ enableHttpStream: true });

app.http('download', {
  authLevel: 'anonymous',
  route: 'download/{name}',
  methods: ['GET'],
  handler: (request) => {
    async function* rows() {
      yield Buffer.from(`first of ${request.params['name'] ?? ''}\n`);
      await untilReleased();
      yield Buffer.from('last\n');
    }
    return { body: ReadableStream.from(rows()), headers: { 'content-type': 'text/csv' } };
  },
});

app.http('upload', {
  authLevel: 'function',
  methods: ['POST'],
  handler: async (request) => {
    let size = 0;
    for await (const chunk of request.body ?? []) size += (chunk as Buffer).length;
    return { status: 201, jsonBody: { size, header: request.headers.get('x-test') } };
  },
});

app.http('nothing', {
  authLevel: 'anonymous',
  methods: ['GET'],
  handler: () => undefined as never,
});

app.http('throws', {
  authLevel: 'anonymous',
  methods: ['GET'],
  handler: () => {
    throw new Error('on purpose');
  },
});

app.hook.appStart(() => observe('appStart'));
