import type { Problem } from '../../core/run.ts';

/** A continuation token that no page of this list ever carried. */
export class InvalidTokenError extends Error {
  override readonly name = 'InvalidTokenError';
}

/** The batch was written by another since it was read; whoever wrote it goes on with it. */
export class StaleBatchError extends Error {
  override readonly name = 'StaleBatchError';
}

/** A notice that its receiver did not accept; the message does not hold the address, a secret. */
export class NotifyError extends Error {
  override readonly name = 'NotifyError';
  /** Set when the receiver asked for a wait, ms. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, retryAfterMs?: number) {
    super(message);
    this.retryAfterMs = retryAfterMs;
  }
}

/** A run with this id has its row already. */
export class RunExistsError extends Error {
  override readonly name = 'RunExistsError';
}

/** A message or a request names a run that does not exist. */
export class UnknownRunError extends Error {
  override readonly name = 'UnknownRunError';
}

/** A message names a batch that its run does not have. */
export class UnknownBatchError extends Error {
  override readonly name = 'UnknownBatchError';
}

/** Who is calling cannot be found out now; the same request may well be admitted a little later. */
export class ProofUnavailableError extends Error {
  override readonly name = 'ProofUnavailableError';
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
