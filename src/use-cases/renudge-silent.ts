import type { Run } from '../core/run.ts';
import { isRenudgeOpen } from '../core/settled.ts';
import type { Log, Ports } from './ports.ts';
import type { retryRun } from './retry-run.ts';

/** Who asks for a run that sends once more to silent devices. */
export const RENUDGE = 'renudge';

/** How long an open run in the same lane is waited for, ms. Later the devices are left silent. */
const PATIENCE_MS = 3_600_000;

/**
 * Starts a run over the devices that the first look at a run found silent, if the run wants that:
 * a run as any other, inside the same write budget, linked with the one it repeats. The key of its
 * start makes one run of however many deliveries.
 */
export async function renudgeSilent(
  { runs, clock }: Pick<Ports, 'runs' | 'clock'>,
  retry: ReturnType<typeof retryRun>,
  run: Run,
  log: Log,
): Promise<void> {
  if (!isRenudgeOpen(run)) return;
  const first = run.verification.find(({ found }) => found !== undefined)?.found;
  const request = { outcomes: ['silent'], requestedBy: RENUDGE, reason: `Silent in ${run.id}` };
  const idempotency = { key: `${RENUDGE} ${run.id}`, fingerprint: RENUDGE };
  const { kind } = await retry(run.id, request, log, { idempotency });
  if (kind === 'overlap' && clock.now() - (first?.at ?? 0) < PATIENCE_MS) {
    log.info(`Run ${run.id}: an open run stands in the way of sending to silent devices again`);
    return;
  }
  if (kind === 'overlap') log.warn(`Run ${run.id}: its silent devices were not sent to again`);
  await runs.update(run.id, (current) => ({ ...current, renudgedAt: clock.now() }));
}
