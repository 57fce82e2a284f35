import type { CommandResult } from '../fleet/command-log.ts';
import { intuneError } from '../graph/errors.ts';
import type { GraphRequest, GraphResponse } from '../graph/messages.ts';
import type { Simulation } from '../simulation.ts';
import { deviceNotFound } from './device-collections.ts';

/** A command on its way to a device. */
export interface CommandAttempt {
  /** The id as the client sent it. */
  id: string;
  /** The device, undefined when there is none to take the command. */
  index: number | undefined;
  command: string;
  /** The collection or action it was sent through. */
  through: string;
  /** When its answer reaches the client at the earliest, milliseconds since 1970. */
  at: number;
}

/** Notes a command in the device's log; a device that is gone has one, too. */
export function noteCommand(
  { fleet, commands }: Simulation,
  { id, index, command, through, at }: CommandAttempt,
  result: CommandResult,
): CommandResult {
  const known = index ?? fleet.ids.indexOf(id);
  if (known !== undefined) commands.add(known, { at, command, through, result });
  return result;
}

/** Sends a sync: an accepted one makes the device check in, in its own time. */
export function sendSync(simulation: Simulation, attempt: CommandAttempt): CommandResult {
  const { fleet, statistics } = simulation;
  const { index, at } = attempt;
  if (index === undefined) return noteCommand(simulation, attempt, 'notFound');
  if (!fleet.traits.acceptsSync(index)) return noteCommand(simulation, attempt, 'notSupported');
  fleet.checkIns.notify(index, at);
  statistics.accepted(index);
  return noteCommand(simulation, attempt, 'accepted');
}

/** The answer to a command to a single device. */
export function answerCommand(result: CommandResult, request: GraphRequest): GraphResponse {
  switch (result) {
    case 'accepted':
      return { status: 204, headers: {} };
    case 'notFound':
      return deviceNotFound(request);
    case 'notSupported':
    case 'failed':
      return intuneError(400, 'BadRequest', 'An error has occurred', request);
  }
}
