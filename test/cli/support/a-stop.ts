/** Ctrl+C at a chosen moment: what a context needs so that `after` waits go by and the next one ends. */
export function aStopAfter(waits: number) {
  const controller = new AbortController();
  let left = waits;
  const sleep = () => {
    if (left > 0) {
      left -= 1;
      return Promise.resolve();
    }
    controller.abort();
    return Promise.reject(controller.signal.reason as Error);
  };
  return { signal: controller.signal, sleep };
}
