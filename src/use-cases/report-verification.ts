import { checkInMetricsOf } from '../core/metrics.ts';
import type { Run } from '../core/run.ts';
import { MAX_REPORT_ATTEMPTS } from '../core/report-retry.ts';
import { isUnreported } from '../core/settled.ts';
import type { VerificationPass } from '../core/verification.ts';
import type { Log, Ports } from './ports.ts';
import { dimensionsOf } from './report-run.ts';

type ReportPorts = Pick<Ports, 'runs' | 'telemetry' | 'clock'>;

/**
 * Hands over the metrics of each look that has not handed them over, with the minutes after the
 * run's end for which it stands. Returns the run as it is then.
 */
export async function reportVerification(ports: ReportPorts, run: Run, log: Log): Promise<Run> {
  let current = run;
  for (const pass of run.verification.filter(isUnreported)) {
    const isReported = await emit(ports, run, pass, log);
    current = await ports.runs.update(run.id, ({ verification, ...rest }) => ({
      ...rest,
      verification: verification.map((each) =>
        each.dueAt === pass.dueAt ? noted(each, isReported, ports.clock.now()) : each,
      ),
    }));
  }
  return current;
}

async function emit(
  { telemetry }: ReportPorts,
  run: Run,
  { dueAt, found }: VerificationPass,
  log: Log,
): Promise<boolean> {
  if (found === undefined) return false;
  const verifiedAfterMinutes = String((dueAt - (run.completedAt ?? dueAt)) / 60_000);
  try {
    await telemetry.emit({
      metrics: checkInMetricsOf(found),
      properties: { ...dimensionsOf(run), verifiedAfterMinutes },
    });
    return true;
  } catch (error) {
    log.warn(`Run ${run.id}: its check-ins could not be emitted (${String(error)})`);
    return false;
  }
}

function noted(pass: VerificationPass, isReported: boolean, now: number): VerificationPass {
  const reportAttempts = pass.reportAttempts + 1;
  const isOver = isReported || reportAttempts >= MAX_REPORT_ATTEMPTS;
  return { ...pass, reportAttempts, ...(isOver ? { reportedAt: now } : {}) };
}
