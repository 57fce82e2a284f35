import { median } from '../support/median.ts';

/** Rounds of which the median counts. */
const ROUNDS = 7;

/**
 * How long an operation takes, in microseconds: the median of rounds, after one that only warms up.
 *
 * @param operation returns something that depends on its work, so that no compiler leaves it out
 * @param roundMs how long a round lasts
 */
export function timeOperation(operation: () => unknown, roundMs: number): number {
  const repetitions = repetitionsFor(operation, roundMs);
  const rounds = Array.from({ length: ROUNDS }, () => timeRound(operation, repetitions));
  return (median(rounds) / repetitions) * 1000;
}

/** How often the operation can be repeated in a round; finding out warms it up. */
function repetitionsFor(operation: () => unknown, roundMs: number): number {
  let repetitions = 1;
  for (;;) {
    const ms = timeRound(operation, repetitions);
    if (ms >= roundMs) return repetitions;
    repetitions = Math.ceil(repetitions * Math.min(10, (1.2 * roundMs) / Math.max(ms, 0.01)));
  }
}

/** What the operations returned last: they cannot be without an effect. */
let kept: unknown;

function timeRound(operation: () => unknown, repetitions: number): number {
  const startedAt = performance.now();
  for (let done = 0; done < repetitions; done++) kept = operation();
  const ms = performance.now() - startedAt;
  return kept === undefined ? NaN : ms;
}
