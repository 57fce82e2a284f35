import { UsageError } from './errors.ts';
import { onInterrupt } from './on-interrupt.ts';
import { renderCountOf } from './render/numbers.ts';
import type { Session } from './session.ts';

/** More devices than this are synced only when a person, or `--yes`, says so. */
export const CONFIRM_ABOVE_DEVICES = 1_000;

/** What is about to be done. */
export interface Intent {
  /** How many devices at most. */
  devices: number;
  /** Shown before the question. */
  details: string;
  /** The command that does exactly this without a question. */
  command: string;
}

/**
 * Asks before a sync of over 1,000 devices.
 *
 * @throws UsageError when the answer is no, or nobody is there to give one; nothing is started then.
 */
export async function confirm({ context, note }: Session, intent: Intent): Promise<void> {
  if (intent.devices <= CONFIRM_ABOVE_DEVICES) return;
  const devices = renderCountOf(intent.devices, 'device');
  note(`${intent.details}\n`);
  if (!context.isTTY) {
    throw new UsageError(
      `Nothing was sent: ${devices} are over ${CONFIRM_ABOVE_DEVICES}, and there is no terminal to ask on. To sync them:\n` +
        `  ${intent.command} --yes`,
    );
  }
  const answer = await onInterrupt(context, 'Nothing was sent.', () =>
    context.ask(`Sync ${devices}? [y/N] `),
  );
  if (/^y(es)?$/i.test(answer.trim())) return;
  throw new UsageError(`Nothing was sent. To sync them later:\n  ${intent.command}`);
}
