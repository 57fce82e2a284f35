import { z } from 'zod';
import { BadRequest } from '../graph/bad-request.ts';
import type { Endpoint } from '../graph/endpoint.ts';
import { deviceActionRoles } from '../graph/roles.ts';
import { describeIssues } from '../parse-option.ts';
import type { Simulation } from '../simulation.ts';
import { findDevice, type DeviceCollection } from './device-collections.ts';
import { answerCommand, noteCommand } from './send-command.ts';

/**
 * What a Configuration Manager client can be told to do:
 * https://learn.microsoft.com/graph/api/resources/intune-devices-configurationmanageractiontype
 */
const actions = [
  'refreshMachinePolicy',
  'refreshUserPolicy',
  'wakeUpClient',
  'appEvaluation',
  'quickScan',
  'fullScan',
  'windowsDefenderUpdateSignatures',
] as const;

const bodySchema = z.strictObject({
  configurationManagerAction: z.strictObject({
    // The documented sample has it without, OData has it with, the number sign.
    '@odata.type': z
      .string()
      .regex(/^#?microsoft\.graph\.configurationManagerAction$/)
      .optional(),
    action: z.enum(actions),
  }),
});

/**
 * POST {id}/triggerConfigurationManagerAction (beta): 204, and the action is in the device's log.
 * 404 when the device is gone; 400 when it has no Configuration Manager client, which is a guess.
 */
export function triggerConfigurationManagerAction(collection: DeviceCollection): Endpoint {
  return {
    method: 'POST',
    versions: ['beta'],
    path: `deviceManagement/${collection.name}/{id}/triggerConfigurationManagerAction`,
    roles: deviceActionRoles,
    kind: 'deviceAction',
    handle(request, simulation) {
      const id = request.parameters[0] ?? '';
      const index = findDevice(collection, simulation.fleet, id);
      const command = parseAction(request.body);
      const attempt = { id, index, command, through: collection.name, at: request.trace.answersAt };
      return answerCommand(noteCommand(simulation, attempt, resultOf(simulation, index)), request);
    },
  };
}

function parseAction(body: unknown): string {
  const parsed = bodySchema.safeParse(body);
  if (parsed.success) return parsed.data.configurationManagerAction.action;
  throw new BadRequest(describeIssues('body', parsed.error));
}

function resultOf({ fleet }: Simulation, index: number | undefined) {
  if (index === undefined) return 'notFound';
  const hasClient = fleet.traits.agent(index).startsWith('configurationManagerClient');
  return hasClient ? 'accepted' : 'notSupported';
}
