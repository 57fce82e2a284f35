import { z } from 'zod';

/**
 * How executeAction works where its documentation says nothing:
 * https://learn.microsoft.com/graph/api/intune-devices-manageddevice-executeaction?view=graph-rest-beta
 */
export const bulkSchema = z.strictObject({
  /** What a call costs of the write quota: a number, or one for each device. Default 1. */
  weight: z.union([z.int().min(1).max(100), z.literal('perDevice')]).default(1),
  /** Whether the result comes inside `{ "value": … }`, as in the documented sample. Default no. */
  wrapped: z.boolean().default(false),
  /**
   * Whether Android devices are reported as not supported, since Microsoft lists bulk Sync for
   * Windows, iOS, iPadOS and macOS only. Default yes.
   */
  androidNotSupported: z.boolean().default(true),
});

export type BulkOptions = z.input<typeof bulkSchema>;
export type BulkSettings = z.output<typeof bulkSchema>;
