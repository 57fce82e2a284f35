import { z } from 'zod';
import { maxDevicesSchema, modeSchema, reasonSchema, skipSchema } from './run-request-schema.ts';
import { scopeSchema } from './scope-schema.ts';

/** A resource's name in Azure has 260 characters at most. */
const MAX_NAME_LENGTH = 260;

const DEFAULT_COOLDOWN_MINUTES = 60;
const MAX_COOLDOWN_MINUTES = 7 * 24 * 60;

const cooldownMessage = `must be a number from 0 to ${MAX_COOLDOWN_MINUTES}, for example ${DEFAULT_COOLDOWN_MINUTES}`;

const fields = {
  scope: scopeSchema.exactOptional(),
  skip: skipSchema.exactOptional(),
  mode: modeSchema.exactOptional(),
  maxDevices: maxDevicesSchema.exactOptional(),
  cooldownMinutes: z
    .number(cooldownMessage)
    .min(0, cooldownMessage)
    .max(MAX_COOLDOWN_MINUTES, cooldownMessage)
    .default(DEFAULT_COOLDOWN_MINUTES),
  reason: reasonSchema.exactOptional(),
};

/** What an alert rule does; a slip in a field would reach other devices than were meant. */
const ruleSchema = z.strictObject(fields, {
  error: (issue) =>
    issue.code === 'unrecognized_keys'
      ? `has no field ${issue.keys.map((key) => `"${key}"`).join(' and no field ')}; ` +
        `the fields are ${Object.keys(fields).join(', ')}`
      : 'must be an object, for example {"scope": {"platforms": ["windows"]}}',
});

/** As an alert names its rule: without spaces around it, or no alert would ever match. */
const nameSchema = z
  .string()
  .max(MAX_NAME_LENGTH)
  .regex(/^\S(.*\S)?$/);

/** The alert rules of the setting `SYNC_ALERT_RULES`: what each does, by its name in Azure Monitor. */
export const alertRulesSchema = z.record(nameSchema, ruleSchema, {
  error: (issue) =>
    issue.code === 'invalid_key'
      ? `must be a name of 1 to ${MAX_NAME_LENGTH} characters, without spaces around it`
      : 'an object is wanted, with the name of each alert rule',
});
