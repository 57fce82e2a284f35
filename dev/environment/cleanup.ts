/** Things to undo, the latest first. */
export interface Cleanup {
  /** Adds a step; one that is added after `run` began is run as well. */
  add: (step: () => Promise<void>) => void;
  /**
   * Runs every step once, also when one of them fails; a second call waits for the first.
   *
   * @throws AggregateError with what the failed steps threw.
   */
  run: () => Promise<void>;
}

/** Collects what a start has to undo at its end, or when it fails half-way. */
export function createCleanup(): Cleanup {
  const steps: (() => Promise<void>)[] = [];
  let running: Promise<void> | undefined;

  async function runAll(): Promise<void> {
    const errors: unknown[] = [];
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
      await step().catch((error: unknown) => errors.push(error));
    }
    if (errors.length > 0) throw new AggregateError(errors, 'Not everything could be stopped.');
  }

  return {
    add: (step) => {
      steps.push(step);
    },
    run: () => (running ??= runAll()),
  };
}
