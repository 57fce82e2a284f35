import { z } from 'zod';
import type { ActionParameters } from '../../core/actions/action.ts';
import { actions } from '../../core/actions/index.ts';
import { sendModes } from '../../core/batch.ts';
import type { PlanSummary } from '../../core/plan-summary.ts';
import { type Run, finalStatuses, openStatuses, runTriggers } from '../../core/run.ts';
import type { Scope } from '../../core/scope.ts';
import { isSettled } from '../../core/settled.ts';
import { instant, joinText, json, splitText, withoutNulls } from './codecs.ts';

const count = z.number();
const counts = json(z.record(z.string(), z.number()));
const totals = json(
  z.object({
    success: count,
    error: count,
    cancelled: count,
    unknown: count,
    batches: count,
    throttled: count,
    errorsByCode: z.record(z.string(), z.number()),
  }),
);

const problem = z.object({ code: z.string(), title: z.string(), detail: z.string() });

const appInstallsSchema = z.object({
  readAt: count,
  retried: count,
  notRetried: count,
  unknown: count,
  failed: z
    .array(
      z.object({
        app: z.string(),
        platform: z.string(),
        code: z.number(),
        devices: count,
        retryable: z.boolean().exactOptional(),
      }),
    )
    .readonly(),
  isComplete: z.boolean(),
  problem: problem.exactOptional(),
});

const passSchema = z.object({
  dueAt: z.number(),
  found: z
    .object({
      at: z.number(),
      checkedIn: count,
      byItself: count,
      silent: count,
      gone: count,
      medianMinutes: z.number().exactOptional(),
      p90Minutes: z.number().exactOptional(),
    })
    .exactOptional(),
  failures: count,
  retryAt: z.number().exactOptional(),
  problem: problem.exactOptional(),
  reportedAt: z.number().exactOptional(),
  reportAttempts: count,
});

/** A run as its row holds it, in both directions. */
const schema = z.object({
  id: z.string(),
  action: z.string().refine((name) => Object.hasOwn(actions, name)),
  parameters: json(z.custom<ActionParameters>()),
  trigger: z.enum(runTriggers),
  requestedBy: z.string(),
  reason: z.string().optional(),
  priority: z.enum(['normal', 'urgent']),
  mode: z.enum(sendModes),
  isBulkRefused: z.boolean().optional(),
  dryRun: z.boolean(),
  scope: json(z.custom<Scope>()),
  skip: json(
    z.object({
      syncedWithinMinutes: z.number().optional(),
      enrolledWithinHours: z.number().optional(),
      staleDays: z.number().optional(),
    }),
  ),
  strict: z.boolean(),
  ignorePartialFailures: z.boolean(),
  maxDevices: z.number().optional(),
  source: json(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('scope') }),
      z.object({ kind: z.literal('plan'), runId: z.string() }),
      z.object({
        kind: z.literal('retry'),
        runId: z.string(),
        outcomes: z.array(z.string()).readonly(),
      }),
    ]),
  ),
  plan: json(z.custom<PlanSummary>()).optional(),
  usedBy: z.string().optional(),
  retriedBy: json(z.array(z.string()).readonly()),
  status: z.enum([...openStatuses, ...finalStatuses]),
  stop: json(
    z.object({ status: z.enum(['failed', 'cancelled', 'timedOut']), at: z.number() }),
  ).optional(),
  problem: json(problem).optional(),
  note: json(problem).optional(),
  appInstalls: json(appInstallsSchema).optional(),
  createdAt: instant,
  startedAt: instant.optional(),
  plannedAt: instant.optional(),
  completedAt: instant.optional(),
  deadlineAt: instant,
  plannedBy: z.string().optional(),
  planAliveAt: instant,
  enqueuedThrough: count,
  batchCount: count,
  skippedByReason: counts,
  foldedThrough: count,
  folded: totals,
  totals,
  lastFinishedAt: instant.optional(),
  totalDevices: count,
  samples: json(z.array(z.object({ at: z.number(), processed: z.number() })).readonly()),
  monitorMessageId: z.string().optional(),
  monitoredAt: instant.optional(),
  reportedAt: instant.optional(),
  reportAttempts: count,
  reportRetryAt: instant.optional(),
  notice: json(z.object({ attempts: count, nextAt: count, isOver: z.boolean() })).optional(),
  monitorDueAt: instant.optional(),
  // A row that was written before there were verifications has none.
  verification: json(z.array(passSchema).readonly()).prefault('[]'),
  verifiedBy: z.string().optional(),
  verifyAliveAt: instant.optional(),
  renudge: z.boolean().optional(),
  renudgedAt: instant.optional(),
});

/** What a row that an earlier version wrote does not have. */
const absentBefore = { ignorePartialFailures: true };

/** All runs share a partition; their ids sort newest first. */
export const RUN_PARTITION = 'run';

/** The row of a run. `unfinished` is there to be filtered by. */
export function toRunEntity(run: Run) {
  const unfinished = !isSettled(run);
  const { scope, parameters, ...columns } = z.encode(schema, run);
  return {
    ...columns,
    // Ten thousand device ids do not fit into one property.
    ...splitText('scope', scope),
    ...splitText('parameters', parameters),
    partitionKey: RUN_PARTITION,
    rowKey: run.id,
    unfinished,
  };
}

/** @throws ZodError when the row was not written by this app */
export function fromRunEntity(entity: object): Run {
  const row = { ...entity };
  const parameters = joinText('parameters', row) || '{}';
  const long = { scope: joinText('scope', row), parameters };
  return withoutUndefined(schema.parse({ ...absentBefore, ...withoutNulls(entity), ...long }));
}

/** Optional properties are absent or set, as the types of the core say. */
function withoutUndefined(run: z.output<typeof schema>): Run {
  return Object.fromEntries(
    Object.entries(run).filter(([, value]) => value !== undefined),
  ) as unknown as Run;
}
