import {
  fromBatchEntity,
  toBatchEntity,
  toSummary,
} from '../../src/adapters/table/batch-entity.ts';
import { nextStep } from '../../src/core/batch-step.ts';
import { type Batch, closeBatch, pendingBatch } from '../../src/core/batch.ts';
import type { PlannedDevice } from '../../src/core/plan.ts';
import { foldBatches } from '../../src/core/fold.ts';
import { compileScope } from '../../src/core/match-scope.ts';
import { recordAnswers } from '../../src/core/record-answers.ts';
import { noTotals } from '../../src/core/totals.ts';
import { freshBudget, reserve } from '../../src/core/write-budget.ts';
import { WRITES_PER_SECOND } from '../support/app.ts';
import { groupId, groupsOf, now, scopeSubjects } from '../support/scope-subjects.ts';

/** Something the app does over and over. */
export interface Operation {
  readonly name: string;
  /** How many things it does it to, for the time of one of them. */
  readonly of: number;
  readonly run: () => unknown;
}

const BATCH_SIZE = 50;
const CHUNK_SIZE = 20;
const FLEET_SIZE = 10_000;
const BATCHES = 1_000;
/** A little more than a slot of the write budget takes, ms. */
const SLOT_MS = 520;

/** The baseline: work that everybody can picture, of the size of what the app does. */
export function baseline(): Operation {
  const { devices } = aBatch();
  return {
    name: 'JSON of 50 devices, written and parsed',
    of: 1,
    run: () => JSON.parse(JSON.stringify(devices)) as unknown,
  };
}

/** What happens for each chunk, each batch and each device of a run. */
export function hotPaths(): readonly Operation[] {
  const batch = aBatch();
  const indexes = Array.from({ length: CHUNK_SIZE }, (_, index) => index);
  const answers = indexes.map((index) => ({ status: 204, requestId: `request-${index}` }));
  const policy = { maxRetries: 5, initialDelayMs: 5_000, maxDelayMs: 300_000 };
  const context = { now, random: () => 0.5, policy, role: 'role', sentBy: 'perDevice' } as const;
  const done = closeBatch(batch, 'done', { outcome: 'unknown' }, now);
  const entity = toBatchEntity(done);
  const summaries = Array.from({ length: BATCHES }, (_, number) => ({
    ...toSummary(entity),
    number,
  }));
  return [
    { name: 'reserve writes', of: 1, run: reserveNext() },
    { name: 'next step of a batch', of: 1, run: () => nextStep(batch, now) },
    {
      name: `record ${CHUNK_SIZE} answers`,
      of: 1,
      run: () => recordAnswers(batch, indexes, answers, context),
    },
    { name: 'batch to table entity', of: 1, run: () => toBatchEntity(done) },
    { name: 'table entity to batch', of: 1, run: () => fromBatchEntity('run', entity) },
    {
      name: 'fold a batch into totals',
      of: BATCHES,
      run: () => foldBatches({ foldedThrough: 0, folded: noTotals }, summaries),
    },
    { name: 'judge a device by a scope', of: FLEET_SIZE, run: judgeFleet() },
  ];
}

/** Every reservation is made on the state that the one before it left, and is granted a new slot. */
function reserveNext(): () => unknown {
  let state = freshBudget;
  let time = now;
  const request = { count: 5, backlog: BATCH_SIZE, lane: 'normal', maxWaitMs: 3_000 } as const;
  return () => {
    const reserved = reserve(state, request, WRITES_PER_SECOND, (time += SLOT_MS));
    ({ state } = reserved);
    return reserved.reservation;
  };
}

function judgeFleet(): () => unknown {
  const fleet = scopeSubjects(FLEET_SIZE);
  const scope = {
    groupIds: [groupId],
    deviceNames: ['ws-0*'],
    osVersions: ['10.0.2'],
    exclude: { categories: ['lab'] },
  };
  const matchScope = compileScope(scope, { now, groups: groupsOf(fleet) });
  return () => {
    let included = 0;
    for (const device of fleet) if (matchScope(device) === 'included') included++;
    return included;
  };
}

function aBatch(): Batch {
  const devices = scopeSubjects(BATCH_SIZE).map(({ id, name, lastSyncAt }): PlannedDevice => ({
    id,
    name,
    platform: 'windows',
    lastSyncAt,
  }));
  return pendingBatch('run', 0, devices, now);
}
