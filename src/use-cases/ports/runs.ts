import type { Run, RunStatus, RunTrigger } from '../../core/run.ts';

/** A part of a list, and where the next one begins; a token that is malformed is refused. */
export interface Page<T> {
  readonly value: readonly T[];
  readonly continuationToken?: string;
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
  /** @throws RunExistsError */
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
  /** Runs that are not settled: open, or with something left to report or verify; newest first. */
  listUnfinished: () => AsyncIterable<Run>;
  /** When the newest run that completed ended, else when the oldest run began, ms; or nothing. */
  lastSuccessAt: () => Promise<number | undefined>;
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

/** How many runs a caller may start: a few at once, and more as time goes by. */
export interface StartBudget {
  /**
   * Counts a start of a caller.
   *
   * @returns `undefined` when it may go ahead, else after how long the next one may, ms
   */
  draw: (caller: string) => Promise<number | undefined>;
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
