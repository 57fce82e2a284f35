import { CHUNK_SIZE } from '../core/batch-step.ts';
import { type CheckIn, type AcceptedDevice } from '../core/check-in.ts';
import { listingFailed } from '../core/problems.ts';
import type { Run } from '../core/run.ts';
import { lastFound } from '../core/verification.ts';
import { MAX_SHORTFALL } from './collect-plan.ts';
import { ListingError, type Ports } from './ports.ts';

/** Devices that Graph gives in a page of the fleet. */
const DEVICES_PER_PAGE = 1_000;

/** Check-ins by device id. */
export type CheckIns = ReadonlyMap<string, CheckIn>;

type ReadPorts = Pick<Ports, 'directory' | 'ledger'>;

/**
 * When the devices of a run checked in last: from the whole fleet, or asked for by their ids when
 * that takes fewer calls. The fleet is held as a map, some 200 bytes for a device.
 *
 * @throws ListingError also when the list has clearly fewer devices than Intune counts: a device
 * that is missing would be taken for deleted
 */
export async function readCheckIns(
  ports: ReadPorts,
  run: Run,
  signOfLife: () => Promise<void>,
): Promise<CheckIns> {
  const enrolled = await ports.directory.countEnrolled(signOfLife);
  const pages = Math.ceil((enrolled ?? 0) / DEVICES_PER_PAGE) || 1;
  const isCheaperById = Math.ceil(countOpen(run) / CHUNK_SIZE) <= pages;
  return isCheaperById
    ? readById(ports, run.id, signOfLife)
    : readFleet(ports, enrolled, signOfLife);
}

/** Whether a verification still has to find out about a device. */
export function isUndecided({ outcome }: AcceptedDevice): boolean {
  return outcome !== 'checkedIn';
}

function countOpen(run: Run): number {
  const { checkedIn, byItself } = lastFound(run) ?? { checkedIn: 0, byItself: 0 };
  return run.totals.success - checkedIn - byItself;
}

async function readFleet(
  { directory }: ReadPorts,
  enrolled: number | undefined,
  signOfLife: () => Promise<void>,
): Promise<CheckIns> {
  const checkIns = new Map<string, CheckIn>();
  for await (const page of directory.listCheckIns()) {
    for (const checkIn of page) checkIns.set(checkIn.id, checkIn);
    await signOfLife();
  }
  if (checkIns.size < (enrolled ?? 0) * (1 - MAX_SHORTFALL)) {
    const why = `The list has ${checkIns.size} devices, while Intune counts ${enrolled} as enrolled.`;
    throw new ListingError(listingFailed(why));
  }
  return checkIns;
}

async function readById(
  { directory, ledger }: ReadPorts,
  runId: string,
  signOfLife: () => Promise<void>,
): Promise<CheckIns> {
  const ids: string[] = [];
  for await (const stored of ledger.listAccepted(runId)) {
    ids.push(...stored.filter(({ device }) => isUndecided(device)).map(({ device }) => device.id));
  }
  const checkIns = new Map<string, CheckIn>();
  for await (const { found } of directory.getDevices(ids)) {
    for (const { id, lastSyncAt, ownership } of found) {
      checkIns.set(id, { id, lastSyncAt, ownership });
    }
    await signOfLife();
  }
  return checkIns;
}
