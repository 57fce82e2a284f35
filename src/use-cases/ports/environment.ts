import type { Metrics } from '../../core/metrics.ts';

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
