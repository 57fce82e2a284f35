/** Knows what is still running. */
export interface WorkTracker {
  track: (work: Promise<unknown>) => void;
  /** Resolves when nothing is running. */
  idle: () => Promise<void>;
}

/** Starts with nothing running. */
export function createWorkTracker(): WorkTracker {
  const running = new Set<Promise<unknown>>();
  return {
    track(work) {
      const settled = work
        .catch(() => undefined)
        .finally(() => {
          running.delete(settled);
        });
      running.add(settled);
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
