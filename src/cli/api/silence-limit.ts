/** Ends a request during which nothing arrives for too long. */
export interface SilenceLimit {
  /** Aborted after the silence, or when `parent` is. */
  signal: AbortSignal;
  /** Something arrived: the time starts again. */
  heard: () => void;
  /** The request is over. */
  stop: () => void;
  /** Whether it was the silence that ended the request. */
  wasReached: () => boolean;
}

/** @param limitMs how long the other side may be silent, ms */
export function createSilenceLimit(limitMs: number, parent: AbortSignal): SilenceLimit {
  const controller = new AbortController();
  const start = () => setTimeout(() => controller.abort(), limitMs);
  let timer = start();
  return {
    signal: AbortSignal.any([controller.signal, parent]),
    heard: () => {
      clearTimeout(timer);
      timer = start();
    },
    stop: () => clearTimeout(timer),
    wasReached: () => controller.signal.aborted,
  };
}
