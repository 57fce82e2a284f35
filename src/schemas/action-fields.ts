import { z } from 'zod';
import type { Action, ActionParameter, ActionRegistry } from '../core/actions/action.ts';

/**
 * What a list of choices for devices may hold. The row of the run keeps their ids twice, as its scope
 * and by choice, so that it is half of what a scope may name.
 */
const MAX_CHOICES = 5_000;

/** What is chosen for one device. */
export interface DeviceChoice {
  readonly deviceId: string;
  readonly action: string;
}

/** What a field of an action holds: a value for all devices, or one for each. */
export type GivenChoice = string | readonly DeviceChoice[];

/** The fields by which a request sets the parameters of actions, each of which may be left out. */
export function actionFields(
  actions: ActionRegistry,
): Readonly<Record<string, z.ZodType<GivenChoice | undefined>>> {
  const fields: Record<string, z.ZodType<GivenChoice | undefined>> = {};
  for (const [name, { parameters }] of Object.entries(actions)) {
    for (const [field, parameter] of Object.entries(parameters)) {
      const { fallback, perDeviceField, description } = parameter;
      const otherwise = fallback === undefined ? '' : ` Default: ${fallback}.`;
      const all = `Of ${name}: ${description}${otherwise}`;
      fields[field] = choice(parameter).optional().meta({ description: all });
      if (perDeviceField === undefined) continue;
      const each = `Of ${name}, instead of ${field} and of scope.deviceIds: a choice for each device.`;
      fields[perDeviceField] = choiceByDevice(parameter).optional().meta({ description: each });
    }
  }
  return fields;
}

/** The names of the fields of an action. */
export function fieldsOf({ parameters }: Action): string[] {
  return Object.entries(parameters).flatMap(([field, { perDeviceField }]) =>
    perDeviceField === undefined ? [field] : [field, perDeviceField],
  );
}

function choice({ values }: ActionParameter) {
  return z.enum(values, { error: `must be one of ${values.join(', ')}` });
}

function choiceByDevice(parameter: ActionParameter) {
  const [value] = parameter.values;
  const example = `[{"deviceId": "3f2504e0-4f89-41d3-9a0c-0305e82c3301", "action": "${value}"}]`;
  const deviceId = z.guid('must be the id of a device (a GUID)').toLowerCase();
  return z
    .array(z.strictObject({ deviceId, action: choice(parameter) }), {
      error: `must be a list, for example ${example}`,
    })
    .min(1, { error: `must have an entry, for example ${example}` })
    .max(MAX_CHOICES, {
      error: `may have ${MAX_CHOICES} entries; divide them among several runs`,
    })
    .superRefine((choices, context) => {
      const seen = new Set<string>();
      for (const [index, { deviceId: id }] of choices.entries()) {
        const message = 'is in the list already; a device has one choice';
        const path = [index, 'deviceId'];
        if (seen.has(id)) context.addIssue({ code: 'custom', path, message });
        seen.add(id);
      }
    });
}
