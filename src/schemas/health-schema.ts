import { z } from 'zod';

const dependency = z.strictObject({
  status: z.enum(['ok', 'degraded', 'unavailable']),
  detail: z.string().optional(),
});

export const healthSchema = z
  .strictObject({
    status: z.enum(['ok', 'degraded', 'unavailable']),
    dependencies: z.record(z.string(), dependency),
  })
  .meta({ id: 'Health' });
