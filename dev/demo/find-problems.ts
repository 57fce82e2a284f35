import { compareMetrics } from './compare-metrics.ts';
import type { MetricValues } from './received-metrics.ts';
import type { Run } from './run.ts';

/** The metrics on which dashboards and alerts rest: a wrong one fails the demo. */
const requiredMetrics = ['TotalDevices', 'SuccessCount', 'ErrorCount', 'Duration'];

/**
 * What keeps a demo from having succeeded, one sentence each; none: it has.
 *
 * @param mode the way of sending that was asked for.
 */
export function findProblems(run: Run, received: MetricValues, mode: string): string[] {
  const problems: string[] = [];
  if (run.status !== 'completed' && run.status !== 'completedWithErrors') {
    problems.push(`The run ended as ${run.status}.`);
  }
  if (run.mode !== mode) problems.push(`The run was sent as ${run.mode}, not as ${mode}.`);
  const { totalDevices, pending } = run.totals;
  if (accountedDevices(run) !== totalDevices) {
    problems.push(
      `The ledger does not add up: ${totalDevices} devices, ${accountedDevices(run)} with an outcome.`,
    );
  }
  if (pending !== 0) problems.push(`${pending} devices are still pending in a run that ended.`);
  for (const { name, received: value, expected, isEqual } of compareMetrics(run, received)) {
    if (isEqual || !requiredMetrics.includes(name)) continue;
    const came = value === undefined ? 'was not received' : `was received as ${value}`;
    problems.push(`The metric ${name} ${came}; the run says ${expected}.`);
  }
  return problems;
}

/** Devices with an outcome: `success + error + skipped + cancelled + unknown`. */
export function accountedDevices({ totals }: Run): number {
  return totals.success + totals.error + totals.skipped + totals.cancelled + totals.unknown;
}
