import { z } from 'zod';
import { DEFAULT_ACTION, actions } from '../core/actions/index.ts';
import { sendModes } from '../core/batch.ts';
import { retryableOutcomes } from '../core/retry-outcomes.ts';
import { isRunId } from '../core/run-id.ts';
import { actionFields } from './action-fields.ts';
import { issuesOfRequest } from './request-issues.ts';
import { scopeSchema } from './scope-schema.ts';

/** A run id, as it stands in a body. */
const runIdSchema = z
  .string()
  .refine(isRunId, { error: 'must be the id of a run, for example 8204751216926-8d117533' });

/** Why a run is started. */
export const reasonSchema = z
  .string({ error: 'must be a text, for example "Policy rolled back"' })
  .trim()
  .min(1, { error: 'must not be empty; leave it out instead' })
  .max(500, { error: 'must have 500 characters at most' })
  .meta({ description: 'Why, for the report.' });

/** Which devices are left out. */
export const skipSchema = z
  .strictObject({
    syncedWithinMinutes: z.number().min(0).max(525_600).exactOptional(),
    enrolledWithinHours: z.number().min(0).max(8_760).exactOptional(),
    staleDays: z.number().min(1).max(3_650).exactOptional(),
  })
  .meta({
    description:
      'Devices to leave out beyond those that cannot be synced: checked in or enrolled lately, or ' +
      'silent for long. Without it an emergency run leaves out none of them.',
  });

/** How commands are sent. */
export const modeSchema = z.enum(sendModes).meta({
  description:
    'How commands are sent: one for each device, or one for up to 98 (Graph beta), with what that ' +
    'does not reach one by one. Default: the setting SYNC_SEND_MODE.',
});

/** The most devices a run may plan. */
export const maxDevicesSchema = z
  .int({ error: 'must be a whole number, for example 5000' })
  .min(1)
  .max(10_000_000)
  .meta({ description: 'Refuses a plan with more devices, before anything is sent.' });

/** What the action does is said by the actions themselves. */
const actionDescription = [
  `What is sent. Default: ${DEFAULT_ACTION}.`,
  ...Object.entries(actions).map(([name, { description }]) => `${name}: ${description}`),
].join(' ');

/** Of type `object`, since only the registry of actions knows which fields these are. */
const fieldsOfActions: object = actionFields(actions);

/** The body of `POST /runs`; every field may be left out. */
export const runRequestSchema = z
  .strictObject({
    action: z
      .enum(Object.keys(actions) as (keyof typeof actions)[])
      .optional()
      .meta({ description: actionDescription }),
    ...fieldsOfActions,
    scope: scopeSchema.optional(),
    skip: skipSchema.optional(),
    mode: modeSchema.optional(),
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
    maxDevices: maxDevicesSchema.optional(),
    strict: z
      .boolean()
      .optional()
      .meta({
        description:
          'Refuses the run when scope.deviceIds names a device that does not exist, or that the ' +
          'action cannot be sent to. Otherwise the one is reported as notFound, the other skipped.',
      }),
    ignorePartialFailures: z.boolean().optional().meta({
      description:
        'Whether a run with errors ends as completedWithErrors; false: as failed. Default: true.',
    }),
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
  .superRefine((request, context) => {
    // Whether fields go together can be said only of fields that are good by themselves.
    if (context.issues.length > 0) return;
    for (const { path, message } of issuesOfRequest(actions, request)) {
      context.addIssue({ code: 'custom', path: [path], message });
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
