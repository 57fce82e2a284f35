import type { Run } from './api/run-document.ts';
import type { Delivery, Selection } from './api/start-body.ts';
import { followRun } from './follow-run.ts';
import { onInterrupt } from './on-interrupt.ts';
import type { Session } from './session.ts';

/** Makes a dry run and waits for its end: `planned`, or what went wrong. Nothing is sent. */
export function makePlan(session: Session, body: Selection & Delivery, key: string): Promise<Run> {
  session.note('Planning: the fleet is listed, nothing is sent.');
  return onInterrupt(session.context, 'Nothing was sent; the plan ends by itself.', async () => {
    const { run } = await session.api().startRun({ ...body, dryRun: true }, key);
    return followRun(session, run.id, () => undefined);
  });
}
