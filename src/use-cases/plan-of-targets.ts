import type { TargetList } from '../core/actions/action.ts';
import type { BatchDevice } from '../core/device.ts';
import type { Plan } from '../core/plan.ts';
import type { DeviceDirectory } from './ports.ts';

/**
 * Plans a command to everything in a list of its own, each entry once however often it is listed.
 *
 * @param signOfLife called between the pages
 * @throws ListingError
 */
export async function planOfTargets(
  directory: Pick<DeviceDirectory, 'listTargets'>,
  targets: TargetList,
  signOfLife: () => Promise<void>,
): Promise<Plan> {
  const byId = new Map<string, BatchDevice>();
  for await (const page of directory.listTargets(targets)) {
    for (const target of page) byId.set(target.id, target);
    await signOfLife();
  }
  return { devices: [...byId.values()], skipped: [] };
}
