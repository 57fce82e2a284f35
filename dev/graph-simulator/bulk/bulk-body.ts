import { z } from 'zod';
import { BadRequest } from '../graph/bad-request.ts';
import { isGuid } from '../guid.ts';
import { describeIssues } from '../parse-option.ts';

/**
 * The most devices one call may name; the limit of bulk actions in the admin centre:
 * https://learn.microsoft.com/intune/intune-service/remote-actions/bulk-device-actions
 */
export const bulkLimit = 100;

const guid = z.string().refine(isGuid, { message: 'a GUID is expected' });

// Strict: the other parameters that exist belong to actions that must not be sent.
const bodySchema = z.strictObject({
  actionName: z.literal('syncDevice'),
  deviceIds: z.array(guid).min(1).max(bulkLimit),
});

/** The action that a body of executeAction asks for; undefined when it names none. */
export function actionNameOf(body: unknown): string | undefined {
  const parsed = z.object({ actionName: z.string() }).safeParse(body);
  return parsed.success ? parsed.data.actionName : undefined;
}

/** How many devices a body names, 1 when that cannot be told: a bad request costs something too. */
export function countDevices(body: unknown): number {
  const parsed = z.object({ deviceIds: z.array(z.unknown()) }).safeParse(body);
  return parsed.success ? Math.max(1, parsed.data.deviceIds.length) : 1;
}

/**
 * The devices to sync, each once.
 *
 * @throws BadRequest that names the bad field
 */
export function parseDeviceIds(body: unknown): string[] {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) throw new BadRequest(describeIssues('body', parsed.error));
  return [...new Set(parsed.data.deviceIds.map((id) => id.toLowerCase()))];
}
