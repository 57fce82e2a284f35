import { app } from '@azure/functions';
import { observe, untilReleased } from './observe.ts';

// A queue function whose messages say what it should do, and a timer that never comes by itself.

interface Job {
  do?: 'fail' | 'failOnce' | 'hold' | 'hang' | 'exit';
}

app.storageQueue('work', {
  queueName: '%WORK_QUEUE%',
  connection: 'Jobs',
  handler: async (message, context) => {
    const metadata = context.triggerMetadata ?? {};
    observe({ message, metadata, pid: process.pid });
    const action = typeof message === 'object' && message !== null ? (message as Job).do : '';
    if (action === 'fail') throw new Error('on purpose');
    if (action === 'failOnce' && metadata['dequeueCount'] === 1) throw new Error('on purpose');
    if (action === 'exit') process.exit(7);
    if (action === 'hang') await new Promise(() => undefined);
    if (action === 'hold') {
      await untilReleased();
      observe('finished');
    }
  },
});

app.timer('yearly', {
  schedule: '0 0 0 1 1 *',
  handler: (timer, context) => {
    observe({ timer, metadata: context.triggerMetadata ?? null });
  },
});

app.http('hold', {
  authLevel: 'anonymous',
  methods: ['GET'],
  handler: async () => {
    observe('started');
    await untilReleased();
    return { jsonBody: process.pid };
  },
});

app.http('pid', {
  authLevel: 'anonymous',
  methods: ['GET'],
  handler: () => ({ jsonBody: process.pid }),
});

app.hook.appTerminate(() => {
  observe('terminated');
});
