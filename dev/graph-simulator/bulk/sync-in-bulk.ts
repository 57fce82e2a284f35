import { noteCommand, sendSync } from '../endpoints/send-command.ts';
import type { CommandResult } from '../fleet/command-log.ts';
import type { Simulation } from '../simulation.ts';

/** Graph's bulkManagedDeviceActionResult: device ids by what became of them. */
export interface BulkResult {
  successfulDeviceIds: string[];
  failedDeviceIds: string[];
  notFoundDeviceIds: string[];
  notSupportedDeviceIds: string[];
}

const lists: Readonly<Record<CommandResult, keyof BulkResult>> = {
  accepted: 'successfulDeviceIds',
  failed: 'failedDeviceIds',
  notFound: 'notFoundDeviceIds',
  notSupported: 'notSupportedDeviceIds',
};

/**
 * Syncs devices one after the other. What the faults in force omit is in none of the lists.
 *
 * @param at when the answer leaves, milliseconds since 1970
 */
export function syncInBulk(simulation: Simulation, ids: readonly string[], at: number): BulkResult {
  const result: BulkResult = {
    successfulDeviceIds: [],
    failedDeviceIds: [],
    notFoundDeviceIds: [],
    notSupportedDeviceIds: [],
  };
  for (const id of ids) {
    const fault = simulation.dice.bulkDevice(simulation.faults);
    if (fault !== 'none') simulation.statistics.fault(`bulk.${fault}`);
    if (fault === 'omittedBefore') continue;
    const outcome = syncOne(simulation, id, at, fault === 'failed');
    if (fault !== 'omittedAfter') result[lists[outcome]].push(id);
  }
  return result;
}

function syncOne(simulation: Simulation, id: string, at: number, fails: boolean): CommandResult {
  const { fleet, bulk } = simulation;
  const index = fleet.find(id);
  const attempt = { id, index, command: 'syncDevice', through: 'executeAction', at };
  if (fails) return noteCommand(simulation, attempt, 'failed');
  const isAndroid = index !== undefined && fleet.traits.platformName(index) === 'android';
  return isAndroid && bulk.androidNotSupported
    ? noteCommand(simulation, attempt, 'notSupported')
    : sendSync(simulation, attempt);
}
