import { app } from '@azure/functions';

// The least that an app can be: what starts faster is not an app.
app.http('hello', {
  methods: ['GET'],
  authLevel: 'anonymous',
  handler: () => ({ body: 'hello' }),
});
