import {
  type AppInstalls,
  type FailedInstall,
  mayRetryInstalls,
  summarizeInstalls,
} from '../core/app-installs.ts';
import { appInstallsUnread } from '../core/problems.ts';
import { mayReadApps } from '../core/roles.ts';
import type { Run } from '../core/run.ts';
import { ListingError, type Log, type Ports } from './ports.ts';

type NotePorts = Pick<
  Ports,
  'runs' | 'ledger' | 'appInstalls' | 'permissions' | 'commands' | 'clock'
>;

/** No longer than this, ms: it is read on billed time, and Graph gives 50 rows a call. */
const MAX_READ_MS = 120_000;

/**
 * Notes in a run which failed app installs of its devices it retries and which it cannot, once, when
 * the identity may read apps. It is an extra: whatever goes wrong with it never touches the run.
 */
export async function noteAppInstalls(ports: NotePorts, run: Run, log: Log): Promise<void> {
  const { isProvenByCheckIn = false } = ports.commands.of(run);
  // Apps are offered again by a check-in alone.
  if (!isProvenByCheckIn || run.appInstalls !== undefined) return;
  try {
    if (!mayReadApps(await ports.permissions.granted())) return;
    const appInstalls = await readAppInstalls(ports, run);
    await ports.runs.update(run.id, (current) => ({ ...current, appInstalls }));
    const { retried, notRetried, unknown } = appInstalls;
    log.info(
      `Run ${run.id}: of the failed app installs on its devices ${retried} are retried, ` +
        `${notRetried} are not, and of ${unknown} it is not known`,
    );
  } catch (error) {
    log.warn(`Run ${run.id}: failed app installs could not be noted (${String(error)})`);
  }
}

async function readAppInstalls(ports: NotePorts, run: Run): Promise<AppInstalls> {
  const { failed, ...end } = await readFailed(ports);
  const installs = await ofDevices(ports, run.id, failed);
  return { readAt: ports.clock.now(), ...summarizeInstalls(installs), ...end };
}

/** As much of Intune's report as can be read in time. */
async function readFailed({ appInstalls, clock }: NotePorts) {
  const endAt = clock.now() + MAX_READ_MS;
  const failed: FailedInstall[] = [];
  try {
    for await (const page of appInstalls.listFailed()) {
      failed.push(...page);
      if (clock.now() >= endAt) {
        const problem = appInstallsUnread('Intune has more of them than could be read in time.');
        return { failed, isComplete: false, problem };
      }
    }
    return { failed, isComplete: true };
  } catch (error) {
    if (!(error instanceof ListingError)) throw error;
    return { failed, isComplete: false, problem: error.problem };
  }
}

/** Those on devices that the run syncs. */
async function ofDevices(
  { ledger }: NotePorts,
  runId: string,
  failed: readonly FailedInstall[],
): Promise<FailedInstall[]> {
  if (failed.length === 0) return [];
  const byDevice = Map.groupBy(failed, ({ deviceId }) => deviceId);
  const found: FailedInstall[] = [];
  for await (const page of ledger.eachDevice(runId)) {
    for (const device of page) {
      if (mayRetryInstalls(device)) found.push(...(byDevice.get(device.deviceId) ?? []));
    }
  }
  return found;
}
