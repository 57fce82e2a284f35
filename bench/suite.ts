import type { Bar } from './bar.ts';

/** How much is measured. Each mode has everything of the one before it. */
export const modes = ['quick', 'full', 'long'] as const;

export type Mode = (typeof modes)[number];

/** One row of a suite's table: a value for each column. All rows of a suite have the same columns. */
export type Row = Readonly<Record<string, string | number>>;

/** What a suite measured. */
export interface SuiteResult {
  readonly rows: readonly Row[];
  readonly bars: readonly Bar[];
}

/** What a suite is told. */
export interface SuiteContext {
  readonly isQuick: boolean;
  readonly isLong: boolean;
  /** Ctrl+C: a suite stops what it started and throws. */
  readonly signal: AbortSignal;
  /** Takes each line that the app logs; the last ones are shown when a suite fails. */
  readonly log: (line: string) => void;
  /** Takes what the suite does next, for whoever watches. */
  readonly onStep: (step: string) => void;
}

/** A set of measurements with one table. */
export interface Suite {
  /** As `--only` takes it. */
  readonly name: string;
  readonly title: string;
  /** What is measured and under which conditions, for whoever reads the table. */
  readonly summary: string;
  /** The least mode that the suite is part of. */
  readonly mode: Mode;
  /** @throws what went wrong, after everything that was started is stopped */
  readonly run: (context: SuiteContext) => Promise<SuiteResult>;
}
