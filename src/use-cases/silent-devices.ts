import type { Run } from '../core/run.ts';
import { type SilenceTally, type SilentDevice, silenceTally } from '../core/silence.ts';
import { isOpenPass, lastFound } from '../core/verification.ts';
import type { Ports, RunStore } from './ports.ts';

const RUNS_PER_PAGE = 100;

/**
 * How many runs are read at most, as a multiple of those that are asked for: devices that were not
 * in every run are looked for further back, but not through all of history.
 */
const LOOK_BACK = 2;

/** What a device must have become of for not being silent: it came, or it is no longer there. */
const answers = ['checkedIn', 'gone'];

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
      tally.addRun(run.id);
      for await (const page of ledger.eachDevice(run.id, ['silent'])) {
        for (const report of page) tally.addSilent(run.id, report, counts);
      }
      if (counts) counted++;
      if (counted < count) continue;
      await askForAnswers(ledger, tally);
      if (!tally.isOpen() || counted >= count * LOOK_BACK) break;
    }
    return tally.silent();
  };
}

async function askForAnswers(
  ledger: Pick<Ports['ledger'], 'findDevices'>,
  tally: SilenceTally,
): Promise<void> {
  for (const question of tally.questions()) {
    const { runId, deviceIds } = question;
    tally.answer(question, await ledger.findDevices(runId, deviceIds, answers));
  }
}

async function* newestFirst(runs: Pick<RunStore, 'list'>): AsyncIterable<Run> {
  let token: { continuationToken?: string } = {};
  do {
    const { value, continuationToken } = await runs.list({ limit: RUNS_PER_PAGE, ...token });
    yield* value;
    token = continuationToken === undefined ? {} : { continuationToken };
  } while (token.continuationToken !== undefined);
}
