import type { Run } from '../core/run.ts';
import type { Log, Ports } from './ports.ts';
import { renudgeSilent } from './renudge-silent.ts';
import { reportVerification } from './report-verification.ts';
import type { retryRun } from './retry-run.ts';
import { verifyRun } from './verify-run.ts';

/**
 * Does what is due for a run after its end: verifies its check-ins, hands over what was found, and
 * has the silent devices sent to once more. Each step looks for itself whether it is its time, so a
 * delivery that dies is made good by the next one.
 */
export function followUpRun(
  ports: Pick<Ports, 'runs' | 'ledger' | 'directory' | 'telemetry' | 'clock'>,
  retry: ReturnType<typeof retryRun>,
) {
  return async (run: Run, messageId: string, log: Log): Promise<void> => {
    const verified = await verifyRun(ports, run, messageId, log);
    const reported = await reportVerification(ports, verified, log);
    await renudgeSilent(ports, retry, reported, log);
  };
}
