import { z } from 'zod';
import { actions } from '../../core/actions/index.ts';
import { type Run, finalStatuses, isFinal, openStatuses } from '../../core/run.ts';
import { instant, json, withoutNulls } from './codecs.ts';

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

/** A run as its row holds it, in both directions. */
const schema = z.object({
  id: z.string(),
  action: z.enum(Object.keys(actions) as (keyof typeof actions)[]),
  trigger: z.enum(['schedule', 'http', 'alert', 'retry']),
  requestedBy: z.string(),
  reason: z.string().optional(),
  priority: z.enum(['normal', 'urgent']),
  mode: z.literal('perDevice'),
  dryRun: z.boolean(),
  status: z.enum([...openStatuses, ...finalStatuses]),
  stop: json(
    z.object({ status: z.enum(['failed', 'cancelled', 'timedOut']), at: z.number() }),
  ).optional(),
  problem: json(z.object({ code: z.string(), title: z.string(), detail: z.string() })).optional(),
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
});

/** All runs share a partition; their ids sort newest first. */
export const RUN_PARTITION = 'run';

/** The row of a run. `unfinished` is there to be filtered by. */
export function toRunEntity(run: Run) {
  const unfinished = !isFinal(run) || run.reportedAt === undefined;
  return {
    ...z.encode(schema, run),
    partitionKey: RUN_PARTITION,
    rowKey: run.id,
    unfinished,
  };
}

/** @throws ZodError when the row was not written by this app */
export function fromRunEntity(entity: object): Run {
  return withoutUndefined(schema.parse(withoutNulls(entity)));
}

/** Optional properties are absent or set, as the types of the core say. */
function withoutUndefined(run: z.output<typeof schema>): Run {
  return Object.fromEntries(
    Object.entries(run).filter(([, value]) => value !== undefined),
  ) as unknown as Run;
}
