import type { Run } from '../core/run.ts';
import { type SilentDevice, silenceTally } from '../core/silence.ts';
import { isOpenPass, lastFound } from '../core/verification.ts';
import type { Ports, RunStore } from './ports.ts';

const RUNS_PER_PAGE = 100;

/**
 * How many runs are read at most, as a multiple of those that are asked for: devices that were not
 * in every run are looked for further back, but not through all of history.
 */
const LOOK_BACK = 2;

const verdicts = ['silent', 'checkedIn', 'gone'];

/**
 * The devices that were silent in the last verified runs that included them, in the order of their
 * ids. A run counts when its last look was made. A retry is a part of the run that it repeats: who
 * checked in by it was not silent, but silence in both counts once.
 */
export function silentDevices({ runs, ledger }: Pick<Ports, 'runs' | 'ledger'>) {
  return async (count: number): Promise<readonly SilentDevice[]> => {
    const tally = silenceTally(count);
    let counted = 0;
    for await (const run of newestFirst(runs)) {
      if (lastFound(run) === undefined) continue;
      const counts = run.source.kind !== 'retry' && !run.verification.some(isOpenPass);
      for await (const page of ledger.eachDevice(run.id, verdicts)) {
        for (const report of page) tally.add(run.id, report, counts);
      }
      if (counts) counted++;
      const isDecided = counted >= count && !tally.isOpen();
      if (isDecided || counted >= count * LOOK_BACK) break;
    }
    return tally.silent();
  };
}

async function* newestFirst(runs: Pick<RunStore, 'list'>): AsyncIterable<Run> {
  let token: { continuationToken?: string } = {};
  do {
    const { value, continuationToken } = await runs.list({ limit: RUNS_PER_PAGE, ...token });
    yield* value;
    token = continuationToken === undefined ? {} : { continuationToken };
  } while (token.continuationToken !== undefined);
}
