import { describe, expect, it } from 'vitest';
import type { Telemetry } from '../../src/use-cases/ports.ts';
import { reportVerification } from '../../src/use-cases/report-verification.ts';
import type { VerificationPass } from '../../src/core/verification.ts';
import { aRun, startOfTest as now } from '../support/factories.ts';
import { InMemoryRunStore } from '../support/in-memory-run-store.ts';
import { silentLog } from '../support/simulation.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const counts = { checkedIn: 94, byItself: 1, silent: 4, gone: 1 };
const found = { ...counts, medianMinutes: 4, p90Minutes: 12, at: now + 903_000 };
const pass: VerificationPass = { dueAt: now + 900_000, failures: 0, reportAttempts: 0 };

/** Reports the looks at a run; what was emitted, and the looks as they are then. */
async function report(verification: readonly VerificationPass[], isDown = false) {
  const runs = new InMemoryRunStore();
  const run = aRun({ status: 'completed', completedAt: now, verification });
  await runs.create(run);
  const emitted: Parameters<Telemetry['emit']>[0][] = [];
  const telemetry: Telemetry = {
    emit: (telemetryOfLook) => {
      emitted.push(telemetryOfLook);
      return isDown ? Promise.reject(new Error('no network')) : Promise.resolve();
    },
  };
  const ports = { runs, telemetry, clock: new VirtualClock(now + 1_000_000) };
  const after = await reportVerification(ports, run, silentLog);
  expect(runs.rows.get(run.id)).toEqual(after);
  return { emitted, verification: after.verification };
}

describe('what a look found', () => {
  it('is emitted with the dimensions of the run and the time for which it stands', async () => {
    const { emitted, verification } = await report([{ ...pass, found }]);

    expect(emitted).toEqual([
      {
        metrics: { CheckedInCount: 94, SilentCount: 4, CheckInMedianMinutes: 4 },
        properties: {
          trigger: 'schedule',
          action: 'syncDevice',
          mode: 'perDevice',
          status: 'completed',
          verifiedAfterMinutes: '15',
        },
      },
    ]);
    expect(verification).toEqual([
      { ...pass, found, reportAttempts: 1, reportedAt: now + 1_000_000 },
    ]);
  });

  it('has no median when nobody checked in', async () => {
    const nobody = { checkedIn: 0, byItself: 0, silent: 5, gone: 0, at: now };
    const { emitted } = await report([{ ...pass, found: nobody }]);

    expect(emitted.map(({ metrics }) => metrics)).toEqual([{ CheckedInCount: 0, SilentCount: 5 }]);
  });

  it('is not emitted before it was found, nor twice', async () => {
    const looks = [{ ...pass, found, reportedAt: now }, pass];
    const { emitted, verification } = await report(looks);

    expect(emitted).toEqual([]);
    expect(verification).toEqual(looks);
  });

  it('is tried again when it could not be emitted, nine times at most', async () => {
    const [first] = (await report([{ ...pass, found }], true)).verification;
    const [last] = (await report([{ ...pass, found, reportAttempts: 8 }], true)).verification;

    expect(first).toEqual({ ...pass, found, reportAttempts: 1 });
    expect(last).toMatchObject({ reportAttempts: 9, reportedAt: now + 1_000_000 });
  });
});
