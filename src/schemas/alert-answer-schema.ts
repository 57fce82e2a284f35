import { z } from 'zod';

/** What an alert came to, as `POST /alerts` answers it. */
export const alertAnswerSchema = z
  .strictObject({
    result: z.enum(['started', 'coalesced', 'ignored']),
    reason: z.string(),
    runId: z.string().optional(),
  })
  .meta({ id: 'AlertAnswer' });

export type AlertAnswer = z.input<typeof alertAnswerSchema>;
