/** What the app used of storage and functions: every figure is a count, unless it says otherwise. */
export interface Usage {
  /** Requests to Table storage; a transaction of many rows is one. */
  tableOperations: number;
  /** Requests to Queue storage, without the polls that found nothing. */
  queueOperations: number;
  /** Polls of a queue that found nothing. */
  emptyPolls: number;
  /** Rows that were read from tables. */
  rowsRead: number;
  invocations: number;
  /** Deliveries that failed. */
  failures: number;
  /** Time in which an instance had at least one execution, seconds, over all instances. */
  activeSeconds: number;
  /** The same with the least that an active period is billed, and its step. */
  billedSeconds: number;
  /** How often the budget had no place soon. */
  putBacks: number;
}

export function noUsage(): Usage {
  return {
    tableOperations: 0,
    queueOperations: 0,
    emptyPolls: 0,
    rowsRead: 0,
    invocations: 0,
    failures: 0,
    activeSeconds: 0,
    billedSeconds: 0,
    putBacks: 0,
  };
}

/** The sum of what several parts of the app used. */
export function totalUsage(parts: Iterable<Usage>): Usage {
  const total = noUsage();
  for (const part of parts) {
    for (const figure of Object.keys(total) as (keyof Usage)[]) total[figure] += part[figure];
  }
  return total;
}

/** Requests to storage that do work; empty polls are counted apart. */
export function storageOperations({ tableOperations, queueOperations }: Usage): number {
  return tableOperations + queueOperations;
}
