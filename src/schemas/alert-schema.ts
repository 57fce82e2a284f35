import { z } from 'zod';
import type { Alert } from '../core/alert.ts';

/** The one form of a webhook's body that is understood, whatever kind of alert it is. */
const COMMON_SCHEMA = 'azureMonitorCommonAlertSchema';

/** Longer than any id or name of Azure. */
const MAX_TEXT_LENGTH = 2_000;

const notCommon =
  `must be "${COMMON_SCHEMA}": switch on "Enable the common alert schema" in the action of the ` +
  'action group (useCommonAlertSchema: true)';

/**
 * A text that may be missing, `null` or something else altogether: the kinds of alerts differ in
 * what they fill in, and an alert of an unusual form must still be answered.
 */
const text = z
  .string()
  .trim()
  .min(1)
  .max(MAX_TEXT_LENGTH)
  .nullish()
  .catch(null)
  .transform((value) => value ?? undefined);

const essentials = z.object(
  { alertId: text, alertRule: text, monitorCondition: text, firedDateTime: text },
  { error: 'must be an object: the essentials of an alert' },
);

/**
 * The body of `POST /alerts`: an alert in Azure Monitor's common alert schema
 * (learn.microsoft.com/azure/azure-monitor/alerts/alerts-common-schema). What is not read here is
 * dropped at once; an alert's context may hold personal data.
 */
export const alertSchema = z
  .object(
    {
      schemaId: z.literal(COMMON_SCHEMA, { error: notCommon }),
      data: z.object({ essentials }, { error: 'must be an object: the data of an alert' }),
    },
    { error: 'must be an object: an alert in the common alert schema' },
  )
  .transform(({ data }): Alert => {
    const {
      alertId: id,
      alertRule: rule,
      monitorCondition,
      firedDateTime: firedAt,
    } = data.essentials;
    return { id, rule, condition: conditionOf(monitorCondition), firedAt };
  })
  .meta({ description: "An alert in Azure Monitor's common alert schema." });

function conditionOf(text: string | undefined): Alert['condition'] {
  const condition = text?.toLowerCase();
  return condition === 'fired' || condition === 'resolved' ? condition : 'other';
}
