import type { Problem } from './api/problem.ts';

/** The command cannot be carried out as it was given; nothing was started. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The app could not be reached, or its answer was none that it gives. Exit code 3. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

/** Ctrl+C; the message says what goes on without the command. Exit code 130. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}

/** The app answered, but not with what was wanted. Exit code 2 for bad input, else 3. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly problem: Problem;
  /** What the answer's `Retry-After` asks for, ms; `undefined` when it names no time. */
  readonly retryAfterMs: number | undefined;

  constructor(status: number, problem: Problem, retryAfterMs: number | undefined) {
    super(problem.detail ?? problem.title);
    this.status = status;
    this.problem = problem;
    this.retryAfterMs = retryAfterMs;
  }
}
