import type { DeviceReport } from '../core/device-report.ts';
import type { RunLedger } from './ports.ts';

/** Devices that are read at once; a few hundred bytes each. */
const PAGE_SIZE = 1_000;

/** What became of the devices of a run, page by page: all of them, or those with some outcomes. */
export async function* devicesOf(
  ledger: Pick<RunLedger, 'listDevices'>,
  runId: string,
  outcomes?: readonly string[],
): AsyncIterable<readonly DeviceReport[]> {
  let continuationToken: string | undefined;
  do {
    const page = await ledger.listDevices(runId, {
      limit: PAGE_SIZE,
      ...(outcomes === undefined ? {} : { outcomes }),
      ...(continuationToken === undefined ? {} : { continuationToken }),
    });
    yield page.value;
    continuationToken = page.continuationToken;
  } while (continuationToken !== undefined);
}
