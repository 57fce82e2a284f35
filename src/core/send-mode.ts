import type { BulkCommand, Command } from './actions/action.ts';
import type { BatchDevice } from './device.ts';
import type { Run } from './run.ts';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** How a run's commands go in bulk; `undefined` when they go one by one. */
export function bulkOf(
  run: Pick<Run, 'mode' | 'isBulkRefused'>,
  command: Pick<Command, 'bulk'>,
): BulkCommand | undefined {
  return run.mode === 'bulk' && run.isBulkRefused !== true ? command.bulk : undefined;
}

/** Whether a bulk call takes a device. An id that is no GUID would have the whole call refused. */
export function isBulkDevice(
  bulk: BulkCommand | undefined,
  device: Pick<BatchDevice, 'id' | 'platform'> | undefined,
): boolean {
  if (bulk === undefined || device === undefined) return false;
  const { id, platform } = device;
  return (bulk.platforms as readonly string[]).includes(platform) && GUID.test(id);
}
