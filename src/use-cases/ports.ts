import type { Answer } from '../core/answer.ts';
import type { DeviceAction } from '../core/actions/action.ts';
import type { Batch, BatchSummary } from '../core/batch.ts';
import type { DeviceReport } from '../core/device-report.ts';
import type { ListedDevice } from '../core/device.ts';
import type { GroupMembers } from '../core/match-scope.ts';
import type { Metrics } from '../core/metrics.ts';
import type { SkippedDevice } from '../core/plan.ts';
import type { Problem, Run, RunStatus, RunTrigger } from '../core/run.ts';

/** The time, and waiting for it. */
export interface Clock {
  /** ms since the epoch */
  now: () => number;
  sleep: (ms: number) => Promise<void>;
}

/** Where a use case says what it does; an InvocationContext is one. No names, no bodies. */
export interface Log {
  info: (message: string) => void;
  warn: (message: string) => void;
  error: (message: string) => void;
}

/** A part of a list, and where the next one begins; a token that is malformed is refused. */
export interface Page<T> {
  readonly value: readonly T[];
  readonly continuationToken?: string;
}

/** A continuation token that no page of this list ever carried. */
export class InvalidTokenError extends Error {
  override readonly name = 'InvalidTokenError';
}

/** Which runs a list shows. */
export interface RunFilter {
  readonly status?: RunStatus;
  readonly trigger?: RunTrigger;
  readonly limit: number;
  readonly continuationToken?: string;
}

/** The rows of runs. */
export interface RunStore {
  /** @throws when a run with this id exists */
  create: (run: Run) => Promise<void>;
  get: (id: string) => Promise<Run | undefined>;
  /**
   * Changes a run under its ETag: `change` is called again with the newest row when another writer
   * was faster. Returns what is stored; `change` returning `undefined` leaves the row as it is.
   *
   * @throws UnknownRunError
   */
  update: (id: string, change: (run: Run) => Run | undefined) => Promise<Run>;
  /**
   * Runs, newest first.
   *
   * @throws InvalidTokenError
   */
  list: (filter: RunFilter) => Promise<Page<Run>>;
  /** Ids of runs that began before a moment, ms since the epoch. */
  listBefore: (createdBefore: number) => AsyncIterable<string>;
  remove: (id: string) => Promise<void>;
  /** Runs that are open, or ended without their metrics handed over; newest first. */
  listUnfinished: () => AsyncIterable<Run>;
  /** When the newest run that completed ended, else when the oldest run began, ms; or nothing. */
  lastSuccessAt: () => Promise<number | undefined>;
}

/** A batch as it was read, with what it takes to write it back only if nobody else has. */
export interface StoredBatch {
  readonly batch: Batch;
  readonly etag: string;
}

/** The items of runs: batches, and the outcome of every device. */
export interface RunLedger {
  /** Removes every item of a run. */
  clear: (runId: string) => Promise<void>;
  /** @throws when one exists: two plans at once must not mix */
  addBatches: (batches: readonly Batch[]) => Promise<void>;
  addSkipped: (runId: string, devices: readonly SkippedDevice[]) => Promise<void>;
  getBatch: (runId: string, number: number) => Promise<StoredBatch | undefined>;
  /** @throws StaleBatchError when the batch was written since it was read */
  saveBatch: (stored: StoredBatch) => Promise<StoredBatch>;
  /**
   * Writes a final batch and the outcome of each of its devices, all or nothing.
   *
   * @throws StaleBatchError
   */
  finishBatch: (stored: StoredBatch) => Promise<void>;
  /**
   * What became of devices, in a stable order; of a batch that is not final, `planned`.
   *
   * @throws InvalidTokenError
   */
  listDevices: (runId: string, filter: DeviceFilter) => Promise<Page<DeviceReport>>;
  /** Batches from a number on, in order; end the iteration early to read no further. */
  listBatches: (runId: string, from: number) => AsyncIterable<BatchSummary>;
}

/** Which devices of a run a list shows; absent `outcomes`: all of them. */
export interface DeviceFilter {
  readonly outcomes?: readonly string[];
  readonly limit: number;
  readonly continuationToken?: string;
}

/** A run that was admitted to a lane, and when. */
export interface Admission {
  readonly runId: string;
  readonly at: number;
}

/** Which runs are open, lane by lane: at most one decision about a lane at a time. */
export interface OpenRuns {
  /**
   * Admits a run to a lane unless another one stands in its way.
   *
   * @param inspect told who was admitted before; returns who stays, and the one in the way
   * @returns the one in the way, and nothing is changed; `undefined` when the run is admitted
   */
  admit: <Blocker>(
    lane: string,
    admission: Admission,
    inspect: (
      admitted: readonly Admission[],
    ) => Promise<{ readonly stay: readonly Admission[]; readonly blocker?: Blocker }>,
  ) => Promise<Blocker | undefined>;
}

/** What an `Idempotency-Key` stands for. */
export interface KeyEntry {
  readonly runId: string;
  /** Of the request, so that a key is not used for two. */
  readonly fingerprint: string;
  readonly at: number;
}

/** Requests that were made with an `Idempotency-Key`. */
export interface IdempotencyKeys {
  /**
   * Takes a key for a run.
   *
   * @param isOver whether an entry no longer counts; it is replaced then
   * @returns the entry that counts: the given one, or an earlier one
   */
  claim: (key: string, entry: KeyEntry, isOver: (entry: KeyEntry) => boolean) => Promise<KeyEntry>;
  release: (key: string, runId: string) => Promise<void>;
  /** Removes entries from before a moment, ms since the epoch. */
  removeBefore: (at: number) => Promise<void>;
}

/** The queues that carry a run; a message holds a run id and a batch number, nothing else. */
export interface RunQueue {
  enqueuePlan: (runId: string, delayMs: number) => Promise<void>;
  enqueueBatches: (
    run: Pick<Run, 'id' | 'priority'>,
    batches: readonly { number: number; delayMs: number }[],
  ) => Promise<void>;
  /** @returns the id of the new message */
  enqueueMonitor: (runId: string, delayMs: number) => Promise<string>;
  /** Messages in all poison queues. */
  countPoisoned: () => Promise<number>;
}

/** The fleet. */
export interface DeviceDirectory {
  /**
   * Every managed device, page by page, to the very end.
   *
   * @throws ListingError when a page still fails after its retries, or Graph refuses
   */
  listDevices: () => AsyncIterable<readonly ListedDevice[]>;
  /**
   * Devices by their ids, and the ids that no device has, some at a time.
   *
   * @throws ListingError
   */
  getDevices: (ids: readonly string[]) => AsyncIterable<{
    readonly found: readonly ListedDevice[];
    readonly missing: readonly string[];
  }>;
  /** How many devices Intune says are enrolled; `undefined` when it does not say. */
  countEnrolled: () => Promise<number | undefined>;
  /**
   * The devices and users that are members of an Entra group, directly or through other groups.
   *
   * @throws ListingError also when there is no such group
   */
  getGroupMembers: (groupId: string) => Promise<GroupMembers>;
}

/** What the app's identity may do. */
export interface Permissions {
  /** The app roles that its token for Graph carries. */
  granted: () => Promise<readonly string[]>;
}

/** Sends commands to devices. */
export interface CommandSender {
  /**
   * Sends one command to each device, at most 20; an answer for each, in their order. What got no
   * answer has status 0. A 429 to the whole call is the same object for every device. A 401 was
   * tried again with a renewed token before it is returned.
   */
  send: (action: DeviceAction, deviceIds: readonly string[]) => Promise<Answer[]>;
}

/** The write budget that all workers share. */
export interface WriteBudget {
  /**
   * @returns the wait until `count` writes may go, reserved unless it is longer than `maxWaitMs`
   */
  reserve: (
    count: number,
    maxWaitMs: number,
  ) => Promise<{ readonly isGranted: boolean; readonly waitMs: number }>;
  /** Pauses every worker until `until`, ms since the epoch. */
  closeUntil: (until: number) => Promise<void>;
}

/** Custom metrics and events. */
export interface Telemetry {
  /** @throws when they could not be handed over; a run never fails by it */
  emit: (telemetry: {
    metrics: Metrics;
    properties: Readonly<Record<string, string>>;
    event?: { name: string; properties: Readonly<Record<string, string>> };
  }) => Promise<void>;
}

/** What the app needs to work, one by one. */
export interface DependencyChecks {
  /** Checks by dependency; each throws, or names what is not as it should be. */
  readonly [dependency: string]: (signal: AbortSignal) => Promise<string | undefined>;
}

export interface Ports {
  readonly clock: Clock;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly runs: RunStore;
  readonly ledger: RunLedger;
  readonly openRuns: OpenRuns;
  readonly keys: IdempotencyKeys;
  readonly queue: RunQueue;
  readonly permissions: Permissions;
  readonly directory: DeviceDirectory;
  readonly sender: CommandSender;
  readonly budget: WriteBudget;
  readonly telemetry: Telemetry;
}

/** The batch was written by another since it was read; whoever wrote it goes on with it. */
export class StaleBatchError extends Error {
  override readonly name = 'StaleBatchError';
}

/** A message or a request names a run that does not exist. */
export class UnknownRunError extends Error {
  override readonly name = 'UnknownRunError';
}

/** A message names a batch that its run does not have. */
export class UnknownBatchError extends Error {
  override readonly name = 'UnknownBatchError';
}

/** The fleet could not be listed to its end. */
export class ListingError extends Error {
  override readonly name = 'ListingError';
  readonly problem: Problem;
  /** Set when Graph asked for a wait too long to sit out, ms: list again after it. */
  readonly retryAfterMs: number | undefined;

  constructor(problem: Problem, options?: ErrorOptions & { retryAfterMs?: number }) {
    super(problem.detail, options);
    this.problem = problem;
    this.retryAfterMs = options?.retryAfterMs;
  }
}
