import type { Writable } from 'node:stream';

/** A token for the app, and until when it can be used (ms since the epoch). */
export interface AccessToken {
  token: string;
  expiresOnTimestamp: number;
}

/** Everything outside the command line that it uses: `main.ts` gives the real things. */
export interface CliContext {
  fetch: typeof fetch;
  /** Results, and nothing else. */
  stdout: Writable;
  /** Progress, questions, notes and errors. */
  stderr: Writable;
  /** Whether a person is there: a bar can be drawn, a question be answered. */
  isTTY: boolean;
  env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Rejects when `signal` is aborted meanwhile. */
  sleep: (ms: number) => Promise<void>;
  /** Asks for one line; an empty one when there is none. Rejects when `signal` is aborted. */
  ask: (question: string) => Promise<string>;
  /** An idempotency key that nobody used before. */
  newKey: () => string;
  /** An Entra token for a scope such as `api://…/.default`. */
  getToken: (scope: string) => Promise<AccessToken>;
  /** Aborted by Ctrl+C. */
  signal: AbortSignal;
  /** How long the app may be silent within a request, ms. */
  requestTimeoutMs: number;
}
