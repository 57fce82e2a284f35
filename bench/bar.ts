/** A figure and the bound that it has to keep. */
export interface Bar {
  readonly name: string;
  readonly value: number;
  readonly bound: number;
  /** Whether the bound is the most that the figure may be; otherwise it is the least. */
  readonly isAtMost: boolean;
  /** Of figure and bound: `%`, `s`, empty for a count or a ratio. */
  readonly unit: string;
}

/** Whether the figure keeps its bound; one that could not be measured does not. */
export function isMet({ value, bound, isAtMost }: Bar): boolean {
  return isAtMost ? value <= bound : value >= bound;
}
