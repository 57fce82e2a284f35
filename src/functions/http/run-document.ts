import type { AppInstalls } from '../../core/app-installs.ts';
import { formatHresult } from '../../core/hresult.ts';
import { durationSeconds } from '../../core/metrics.ts';
import { progressOf } from '../../core/progress.ts';
import { type Run, skippedOf } from '../../core/run.ts';
import { processedOf } from '../../core/totals.ts';
import type { VerificationPass } from '../../core/verification.ts';
import type { RunDocument } from '../../schemas/run-document-schema.ts';

/** A run as the API shows it. Times become ISO 8601; what the run does not have is `null`. */
export function runDocument(run: Run, now: number): RunDocument {
  const { totals, totalDevices } = run;
  const minutes = durationSeconds(run, now) / 60;
  const progress = progressOf(run);
  return {
    id: run.id,
    action: run.action,
    parameters: parametersDocument(run),
    trigger: run.trigger,
    requestedBy: run.requestedBy,
    reason: run.reason ?? null,
    priority: run.priority,
    mode: run.mode,
    dryRun: run.dryRun,
    ignorePartialFailures: run.ignorePartialFailures,
    renudge: run.renudge ?? false,
    scope: run.scope as RunDocument['scope'],
    status: run.status,
    createdAt: new Date(run.createdAt).toISOString(),
    startedAt: time(run.startedAt),
    plannedAt: time(run.plannedAt),
    completedAt: time(run.completedAt),
    deadlineAt: new Date(run.deadlineAt).toISOString(),
    totals: totalsDocument(run),
    skippedByReason: run.skippedByReason,
    errorsByCode: totals.errorsByCode,
    batchCount: run.batchCount,
    batchesProcessed: totals.batches,
    throttledCount: totals.throttled,
    durationMinutes: round(minutes, 4),
    progress: { ...progress, estimatedCompletionAt: time(progress.estimatedCompletionAt) },
    verification: run.verification.map(verificationDocument),
    ...(run.appInstalls === undefined ? {} : { appInstalls: appInstallsOf(run.appInstalls) }),
    ...(run.plan === undefined ? {} : { plan: run.plan as NonNullable<RunDocument['plan']> }),
    ...(run.problem === undefined ? {} : { problem: run.problem }),
    ...(run.note === undefined ? {} : { note: run.note }),
    links: linksOf(run),
    report: {
      TotalDevices: totalDevices,
      SuccessCount: totals.success,
      ErrorCount: totals.error,
      DurationMinutes: round(minutes, 2),
      BatchesProcessed: totals.batches,
    },
  };
}

/** A choice for each of thousands of devices is told by how many have which. */
function parametersDocument({ parameters }: Run): RunDocument['parameters'] {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : countsOf(value),
    ]),
  );
}

function countsOf(idsByValue: Readonly<Record<string, readonly string[]>>): Record<string, number> {
  return Object.fromEntries(Object.entries(idsByValue).map(([value, ids]) => [value, ids.length]));
}

function totalsDocument(run: Run): RunDocument['totals'] {
  const { success, error, cancelled, unknown } = run.totals;
  const { totalDevices } = run;
  const skipped = skippedOf(run);
  const pending = totalDevices - skipped - processedOf(run.totals);
  return { totalDevices, success, error, skipped, cancelled, unknown, pending };
}

function verificationDocument({
  dueAt,
  found,
  problem,
}: VerificationPass): RunDocument['verification'][number] {
  const { medianMinutes, p90Minutes } = found ?? {};
  return {
    dueAt: new Date(dueAt).toISOString(),
    at: time(found?.at),
    checkedIn: found?.checkedIn ?? null,
    byItself: found?.byItself ?? null,
    silent: found?.silent ?? null,
    gone: found?.gone ?? null,
    medianMinutes: medianMinutes === undefined ? null : round(medianMinutes, 2),
    p90Minutes: p90Minutes === undefined ? null : round(p90Minutes, 2),
    ...(problem === undefined ? {} : { problem }),
  };
}

function appInstallsOf({
  readAt,
  failed,
  problem,
  ...counts
}: AppInstalls): NonNullable<RunDocument['appInstalls']> {
  return {
    readAt: new Date(readAt).toISOString(),
    ...counts,
    failed: failed.map(({ app, platform, code, retryable, devices }) => ({
      app,
      platform,
      signedCode: code === 0 ? null : code,
      hex: code === 0 ? null : formatHresult(code),
      retryable: retryable ?? null,
      devices,
    })),
    ...(problem === undefined ? {} : { problem }),
  };
}

function linksOf({ id, source, usedBy, retriedBy }: Run): RunDocument['links'] {
  return {
    self: linkTo(id),
    devices: `${linkTo(id)}/devices`,
    ...(source.kind === 'plan' ? { plan: linkTo(source.runId) } : {}),
    ...(source.kind === 'retry' ? { retryOf: linkTo(source.runId) } : {}),
    ...(usedBy === undefined ? {} : { usedBy: linkTo(usedBy) }),
    ...(retriedBy.length === 0 ? {} : { retriedBy: retriedBy.map(linkTo) }),
  };
}

/** Where a run is found. */
export function linkTo(runId: string): string {
  return `/api/runs/${runId}`;
}

function time(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString();
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
