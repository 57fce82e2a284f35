import { z } from 'zod';
import { actions } from '../core/actions/index.ts';
import { sendModes } from '../core/batch.ts';
import { retryableOutcomes } from '../core/retry-outcomes.ts';
import { isRunId } from '../core/run-id.ts';
import { scopeSchema } from './scope-schema.ts';

/** A run id, as it stands in a body. */
const runIdSchema = z
  .string()
  .refine(isRunId, { error: 'must be the id of a run, for example 8204751216926-8d117533' });

const reasonSchema = z
  .string({ error: 'must be a text, for example "Policy rolled back"' })
  .trim()
  .min(1, { error: 'must not be empty; leave it out instead' })
  .max(500, { error: 'must have 500 characters at most' })
  .meta({ description: 'Why, for the report.' });

const skipSchema = z
  .strictObject({
    syncedWithinMinutes: z.number().min(0).max(525_600).optional(),
    enrolledWithinHours: z.number().min(0).max(8_760).optional(),
    staleDays: z.number().min(1).max(3_650).optional(),
  })
  .meta({
    description:
      'Devices to leave out beyond those that cannot be synced: checked in or enrolled lately, or ' +
      'silent for long. Without it an emergency run leaves out none of them.',
  });

/** What a plan decided already, so that a run of it cannot decide otherwise. */
const decidedByThePlan = [
  'action',
  'skip',
  'dryRun',
  'maxDevices',
  'strict',
  'timeoutMinutes',
] as const;

/** The body of `POST /runs`; every field may be left out. */
export const runRequestSchema = z
  .strictObject({
    action: z
      .enum(Object.keys(actions) as (keyof typeof actions)[])
      .optional()
      .meta({ description: 'What is sent to each device. Default: syncDevice.' }),
    scope: scopeSchema.optional(),
    skip: skipSchema.optional(),
    mode: z
      .enum(sendModes)
      .optional()
      .meta({
        description:
          'How commands are sent: one for each device, or one for up to 98 (Graph beta), with what ' +
          'that does not reach one by one. Default: the setting SYNC_SEND_MODE.',
      }),
    priority: z
      .enum(['normal', 'urgent'])
      .optional()
      .meta({ description: 'urgent runs have a queue of their own. Default: normal.' }),
    dryRun: z
      .boolean()
      .optional()
      .meta({ description: 'Makes the plan, with counts and an estimate, and sends nothing.' }),
    fromPlan: runIdSchema
      .optional()
      .meta({ description: 'Runs exactly the plan of this dry run, once, within an hour of it.' }),
    reason: reasonSchema.optional(),
    maxDevices: z
      .int({ error: 'must be a whole number, for example 5000' })
      .min(1)
      .max(10_000_000)
      .optional()
      .meta({ description: 'Refuses a plan with more devices, before anything is sent.' }),
    strict: z
      .boolean()
      .optional()
      .meta({ description: 'Refuses the run when the scope names a device that does not exist.' }),
    timeoutMinutes: z
      .number()
      .min(1)
      .max(10_080)
      .optional()
      .meta({ description: 'Closes the run after this. Default: SYNC_RUN_DEADLINE_HOURS.' }),
    renudge: z
      .boolean()
      .optional()
      .meta({
        description:
          'Sends once more to the devices that the first verification finds silent, as a run of ' +
          'its own. Needs VERIFY_AFTER.',
      }),
    onOverlap: z
      .enum(['reject', 'coalesce'])
      .optional()
      .meta({
        description:
          'When a run of the same action and priority is open: reject answers 409, coalesce 200 ' +
          'with the open run. Default: reject.',
      }),
  })
  .refine(({ fromPlan, scope }) => fromPlan === undefined || scope === undefined, {
    path: ['fromPlan'],
    error: 'already has its scope; leave out scope',
  })
  .superRefine((request, context) => {
    if (request.fromPlan === undefined) return;
    for (const field of decidedByThePlan) {
      if (request[field] === undefined) continue;
      const message = 'is decided by the plan; leave it out together with fromPlan';
      context.addIssue({ code: 'custom', path: [field], message });
    }
  });

/** The body of `POST /runs/{id}/retry`. */
export const retryRequestSchema = z.strictObject({
  outcomes: z
    .array(z.enum(retryableOutcomes))
    .min(1, { error: 'must name an outcome, for example ["failed"]; leave it out for the default' })
    .optional()
    .meta({ description: 'Default: failed, cancelled, unknown and silent.' }),
  reason: reasonSchema.optional(),
});
