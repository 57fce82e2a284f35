/** Counts of final batches. `success + error + cancelled + unknown` is the number of their devices. */
export interface Totals {
  /** Accepted devices. */
  readonly success: number;
  /** Devices that were not found, not supported or failed. */
  readonly error: number;
  readonly cancelled: number;
  readonly unknown: number;
  /** Batches that are final. */
  readonly batches: number;
  /** 429 answers, each counted once. */
  readonly throttled: number;
  /** Error code -> devices; adds up to `error`. */
  readonly errorsByCode: Readonly<Record<string, number>>;
}

export const noTotals: Totals = {
  success: 0,
  error: 0,
  cancelled: 0,
  unknown: 0,
  batches: 0,
  throttled: 0,
  errorsByCode: {},
};

/** The sum of two totals, codes included. */
export function addTotals(a: Totals, b: Totals): Totals {
  const errorsByCode: Record<string, number> = { ...a.errorsByCode };
  for (const [code, count] of Object.entries(b.errorsByCode)) {
    errorsByCode[code] = (errorsByCode[code] ?? 0) + count;
  }
  return {
    success: a.success + b.success,
    error: a.error + b.error,
    cancelled: a.cancelled + b.cancelled,
    unknown: a.unknown + b.unknown,
    batches: a.batches + b.batches,
    throttled: a.throttled + b.throttled,
    errorsByCode,
  };
}

/** Devices that have an outcome. */
export function processedOf(totals: Totals): number {
  return totals.success + totals.error + totals.cancelled + totals.unknown;
}
