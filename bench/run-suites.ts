import type { SuiteReport } from './report/bench-report.ts';
import type { Suite, SuiteContext } from './suite.ts';

/** Hears how a benchmark gets on. */
export interface SuiteListener {
  readonly onStart: (suite: Suite) => void;
  readonly onEnd: (report: SuiteReport) => Promise<void>;
}

/**
 * Runs suites one after the other. One that fails is reported with its error, and the others run all
 * the same.
 *
 * @throws the signal's reason when it is aborted
 */
export async function runSuites(
  suites: readonly Suite[],
  context: SuiteContext,
  { onStart, onEnd }: SuiteListener,
): Promise<void> {
  for (const suite of suites) {
    onStart(suite);
    const report = await runSuite(suite, context);
    context.signal.throwIfAborted();
    await onEnd(report);
  }
}

async function runSuite(suite: Suite, context: SuiteContext): Promise<SuiteReport> {
  const { name, title, summary } = suite;
  const startedAt = performance.now();
  const seconds = () => Math.round((performance.now() - startedAt) / 100) / 10;
  try {
    const { rows, bars } = await suite.run(context);
    return { name, title, summary, seconds: seconds(), rows: [...rows], bars: [...bars] };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { name, title, summary, seconds: seconds(), rows: [], bars: [], error: message };
  }
}
