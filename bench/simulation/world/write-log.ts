/** The calls that reached Graph, in order: when, and how many writes each brought. */
export class WriteLog {
  readonly at: number[] = [];
  readonly writes: number[] = [];
  readonly throttled: number[] = [];

  add(at: number, writes: number, throttled: number): void {
    this.at.push(at);
    this.writes.push(writes);
    this.throttled.push(throttled);
  }
}

/** A stretch of time, ms since the epoch; both ends belong to it. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export interface WindowCounts {
  /** Accepted writes in the emptiest and in the fullest window; `NaN` without a full window. */
  readonly min: number;
  readonly max: number;
  readonly mean: number;
}

/** From the first write to the last. */
export function wholeLog({ at }: WriteLog): Stretch {
  return { from: at[0] ?? 0, to: at.at(-1) ?? 0 };
}

/**
 * Accepted writes in the sliding windows that lie in a stretch. The emptiest begins right after a
 * write and the fullest with one, so those are looked at.
 */
export function countWindows(log: WriteLog, { from, to }: Stretch, windowMs: number): WindowCounts {
  if (!(to - from >= windowMs)) return { min: Number.NaN, max: Number.NaN, mean: Number.NaN };
  const accepted = (place: number) => (log.writes[place] ?? 0) - (log.throttled[place] ?? 0);
  const first = log.at.findIndex((at) => at >= from);
  let [min, max, inside, end] = [Infinity, 0, 0, first];
  let total = 0;
  for (let place = first; place < log.at.length; place++) {
    const at = log.at[place] ?? 0;
    if (at > to) break;
    total += accepted(place);
    if (at + windowMs > to) continue;
    while ((log.at[end] ?? Infinity) < at + windowMs) inside += accepted(end++);
    max = Math.max(max, inside);
    inside -= accepted(place);
    min = Math.min(min, inside + (log.at[end] === at + windowMs ? accepted(end) : 0));
  }
  return { min, max, mean: (total / (to - from)) * windowMs };
}
