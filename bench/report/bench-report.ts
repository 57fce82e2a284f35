import { z } from 'zod';
import { modes } from '../suite.ts';

/** JSON has no number for what could not be measured: it writes `null`. */
const figure = z
  .number()
  .nullable()
  .transform((value) => value ?? NaN);

const barSchema = z.strictObject({
  name: z.string(),
  value: figure,
  bound: z.number(),
  isAtMost: z.boolean(),
  unit: z.string(),
});

const suiteSchema = z.strictObject({
  name: z.string(),
  title: z.string(),
  summary: z.string(),
  seconds: z.number(),
  rows: z.array(z.record(z.string(), z.union([z.string(), figure]))),
  bars: z.array(barSchema),
  /** Why the suite could not be carried out. */
  error: z.string().exactOptional(),
});

/** The result of a benchmark, as `--json` writes it. */
export const benchReportSchema = z.strictObject({
  startedAt: z.iso.datetime(),
  mode: z.enum(modes),
  machine: z.strictObject({
    processor: z.string(),
    cores: z.number(),
    memoryGigabytes: z.number(),
    node: z.string(),
    system: z.string(),
    /** Processes that wanted to run in the minute before the start, for each core. */
    loadPerCore: z.number(),
  }),
  suites: z.array(suiteSchema),
});

export type BenchReport = z.output<typeof benchReportSchema>;
export type SuiteReport = z.output<typeof suiteSchema>;
