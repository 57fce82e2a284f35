import { isSettled } from '../core/settled.ts';
import type { Log, Ports } from './ports.ts';
import { KEY_LIFETIME_MS } from './start-once.ts';

/**
 * Removes runs that are older than they are to be kept, and keys that no longer count. A run for
 * which something is left to do is kept until it is done.
 */
export function cleanUp(
  { runs, ledger, keys, clock }: Pick<Ports, 'runs' | 'ledger' | 'keys' | 'clock'>,
  { retentionMs }: { readonly retentionMs: number },
) {
  return async (log: Log): Promise<void> => {
    const now = clock.now();
    for await (const id of runs.listBefore(now - retentionMs)) {
      const run = await runs.get(id);
      if (run !== undefined && !isSettled(run)) continue;
      // The row last: a clean-up that dies goes on with the same run the next time.
      await ledger.clear(id);
      await runs.remove(id);
      log.info(`Run ${id}: removed, it was older than ${retentionMs / 86_400_000} days`);
    }
    await keys.removeBefore(now - KEY_LIFETIME_MS);
  };
}
