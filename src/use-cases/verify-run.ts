import { verdictOf, withVerdict } from '../core/check-in.ts';
import { type CheckInCounts, checkInTally } from '../core/check-in-tally.ts';
import type { Run } from '../core/run.ts';
import { withFailure, withFound } from '../core/verification.ts';
import {
  claimVerification,
  endVerification,
  verificationSignOfLife,
} from './claim-verification.ts';
import {
  type DeviceVerdict,
  ListingError,
  type Log,
  type Ports,
  StaleDevicesError,
  type StoredDevice,
} from './ports.ts';
import { type CheckIns, isUndecided, readCheckIns } from './read-check-ins.ts';

type VerifyPorts = Pick<Ports, 'runs' | 'ledger' | 'directory' | 'clock'>;

/**
 * Looks which accepted devices of a run have checked in, if it is time to. Devices are written
 * first, then the run with their counts: a look that dies in between is made again, and finds again
 * what it wrote. Returns the run as it is then.
 */
export async function verifyRun(
  ports: VerifyPorts,
  run: Run,
  messageId: string,
  log: Log,
): Promise<Run> {
  const claimed = await claimVerification(ports, run.id, messageId);
  if (claimed === undefined) return run;
  const signOfLife = verificationSignOfLife(ports, run.id, messageId);
  try {
    const checkIns = await readCheckIns(ports, claimed, signOfLife);
    const at = ports.clock.now();
    const found = await writeVerdicts(ports, claimed, checkIns, signOfLife);
    log.info(`Run ${run.id}: ${found.checkedIn} devices checked in, ${found.silent} are silent`);
    return await endVerification(ports, run.id, messageId, ({ verification }) => ({
      verification: withFound(verification, found, at),
    }));
  } catch (error) {
    if (error instanceof ListingError) return putOff(ports, run.id, messageId, error, log);
    if (!(error instanceof StaleDevicesError)) throw error;
    // Another delivery verifies it too, or the run was removed: whoever comes next goes on.
    log.info(`Run ${run.id}: its devices were written by another delivery`);
    return run;
  }
}

/** Gives each device what the check-ins say of it, and counts all of them. */
async function writeVerdicts(
  { ledger }: VerifyPorts,
  run: Run,
  checkIns: CheckIns,
  signOfLife: () => Promise<void>,
): Promise<CheckInCounts> {
  const tally = checkInTally();
  for await (const page of ledger.listAccepted(run.id)) {
    const changed: DeviceVerdict[] = [];
    for (const stored of page) {
      const verdict = newVerdict(stored, checkIns, run.createdAt);
      tally.add(
        verdict === undefined ? stored.device : withVerdict(stored.device, verdict.verdict),
      );
      if (verdict !== undefined) changed.push(verdict);
    }
    if (changed.length > 0) await ledger.saveVerdicts(run.id, changed);
    await signOfLife();
  }
  return tally.counts();
}

/** What is new about a device; `undefined` when nothing is. One that checked in is decided. */
function newVerdict(
  { device, etag }: StoredDevice,
  checkIns: CheckIns,
  runBeganAt: number,
): DeviceVerdict | undefined {
  if (!isUndecided(device)) return undefined;
  const verdict = verdictOf(device, checkIns.get(device.id), runBeganAt);
  return verdict.outcome === device.outcome ? undefined : { deviceId: device.id, etag, verdict };
}

/** The fleet could not be listed: nothing is said of any device, and the look is made later. */
async function putOff(
  ports: VerifyPorts,
  runId: string,
  messageId: string,
  { problem, retryAfterMs = 0 }: ListingError,
  log: Log,
): Promise<Run> {
  log.warn(`Run ${runId}: its check-ins could not be verified. ${problem.detail}`);
  const now = ports.clock.now();
  return endVerification(ports, runId, messageId, ({ verification }) => ({
    verification: withFailure(verification, problem, retryAfterMs, now),
  }));
}
