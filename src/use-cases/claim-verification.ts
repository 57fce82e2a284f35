import { STALLED_AFTER_MS } from '../core/claim.ts';
import type { Run } from '../core/run.ts';
import { isDuePass } from '../core/verification.ts';
import type { Ports } from './ports.ts';
import { signOfLife } from './sign-of-life.ts';

/**
 * Makes a delivery the only one that verifies a run now; `undefined` when no look is due, or another
 * delivery is at it. The same message delivered again takes over at once.
 */
export async function claimVerification(
  { runs, clock }: Pick<Ports, 'runs' | 'clock'>,
  runId: string,
  verifiedBy: string,
): Promise<Run | undefined> {
  const now = clock.now();
  const isWanted = (run: Run) => run.verification.some((pass) => isDuePass(pass, now));
  const claimed = await runs.update(runId, (run) => {
    const isHeld = run.verifiedBy !== undefined && run.verifiedBy !== verifiedBy;
    if (!isWanted(run)) return undefined;
    if (isHeld && now - (run.verifyAliveAt ?? 0) < STALLED_AFTER_MS) return undefined;
    return { ...run, verifiedBy, verifyAliveAt: now };
  });
  return isWanted(claimed) && claimed.verifiedBy === verifiedBy ? claimed : undefined;
}

/** Returns a function to be called between the steps of a look: it gives a sign of life when due. */
export function verificationSignOfLife(
  ports: Pick<Ports, 'runs' | 'clock'>,
  runId: string,
  verifiedBy: string,
): () => Promise<void> {
  return signOfLife(ports, runId, (run, now) =>
    run.verifiedBy === verifiedBy ? { ...run, verifyAliveAt: now } : undefined,
  );
}

/** Ends the claim of a delivery with what it found out; one that lost its claim changes nothing. */
export async function endVerification(
  { runs }: Pick<Ports, 'runs'>,
  runId: string,
  verifiedBy: string,
  change: (run: Run) => Pick<Run, 'verification'>,
): Promise<Run> {
  return runs.update(runId, (current) => {
    if (current.verifiedBy !== verifiedBy) return undefined;
    const { verifiedBy: _verifiedBy, verifyAliveAt: _verifyAliveAt, ...rest } = current;
    return { ...rest, ...change(current) };
  });
}
