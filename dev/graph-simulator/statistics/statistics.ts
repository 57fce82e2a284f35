import { createWriteLog } from './write-log.ts';

/** What the simulator counted since it began, or since the statistics were reset. */
export interface GraphStatistics {
  /** HTTP requests that arrived, whatever became of them; a $batch is one. */
  requests: number;
  /** Requests for a page of managedDevices that were evaluated, also as batch items. */
  listRequests: number;
  /** Requests for a page of a report that were evaluated, also as batch items. */
  reportRequests: number;
  /** POSTs to $batch that were well-formed, and the items in them. */
  batchRequests: number;
  batchItems: number;
  /** Calls of executeAction that were carried out, and the device ids in them. */
  bulkRequests: number;
  bulkDevices: number;
  /** Accepted syncs of Exchange connectors (204). */
  connectorSyncs: number;
  /**
   * Attempts to change something that is not simulated: any other action for executeAction, and
   * anything but GET to an address that does not exist. None of them had an effect.
   */
  refusedActions: number;
  /**
   * Device writes that were evaluated; each batch item is one, throttled ones are included, and
   * executeAction counts as often as it costs of the quota.
   */
  writes: number;
  /** Answers with status 429, of whole requests and of batch items. */
  throttled: number;
  /** Answers with status 401. */
  unauthorized: number;
  /** Distinct devices with at least one accepted sync (204, or successful in bulk). */
  devicesSynced: number;
  /** Accepted syncs beyond the first of a device. */
  duplicateSyncs: number;
  /** The most writes of one app in any sliding window (20 s unless the quota says otherwise). */
  maxWritesPer20s: number;
  /** Milliseconds since 1970; null before the first write. */
  lastWriteAt: number | null;
  /** Answers to HTTP requests by status, and to batch items by status. */
  statuses: Record<string, number>;
  itemStatuses: Record<string, number>;
  /** Injected faults by name, e.g. `resetBefore`, `status503`. */
  faults: Record<string, number>;
}

type Counter =
  | 'requests'
  | 'listRequests'
  | 'reportRequests'
  | 'batchRequests'
  | 'batchItems'
  | 'bulkRequests'
  | 'bulkDevices'
  | 'connectorSyncs'
  | 'refusedActions';

/** Takes note of what happens. */
export interface StatisticsRecorder {
  count(counter: Counter, by?: number): void;
  /** @param count what the write costs of the quota */
  write(at: number, count: number, writesInWindow: number): void;
  answer(status: number, isItem: boolean): void;
  accepted(deviceIndex: number): void;
  fault(name: string): void;
  snapshot(): GraphStatistics;
  /** How many of the latest writes came later than `at` (milliseconds since 1970). */
  writesAfter(at: number): number;
  /** When those came, the earliest first, milliseconds since 1970. */
  writeTimes(after: number): number[];
  /** Starts at zero again. The quotas' windows are not touched: time cannot be reset. */
  reset(): void;
}

/** @param fleetSize number of devices; one byte each tells a first sync from a duplicate one */
export function createStatistics(fleetSize: number): StatisticsRecorder {
  let counted = startingPoint();
  const synced = new Uint8Array(fleetSize);
  const writeLog = createWriteLog();

  return {
    count: (counter, by = 1) => (counted[counter] += by),
    write(at, count, writesInWindow) {
      counted.writes += count;
      counted.maxWritesPer20s = Math.max(counted.maxWritesPer20s, writesInWindow);
      for (let logged = 0; logged < count; logged++) writeLog.add(at);
    },
    answer(status, isItem) {
      increment(isItem ? counted.itemStatuses : counted.statuses, String(status));
      if (status === 429) counted.throttled++;
      if (status === 401) counted.unauthorized++;
    },
    accepted(deviceIndex) {
      if (synced[deviceIndex] === 1) counted.duplicateSyncs++;
      else counted.devicesSynced++;
      synced[deviceIndex] = 1;
    },
    fault: (name) => increment(counted.faults, name),
    snapshot: () => ({ ...structuredClone(counted), lastWriteAt: writeLog.lastAt() ?? null }),
    writesAfter: (at) => writeLog.countAfter(at),
    writeTimes: (after) => writeLog.timesAfter(after),
    reset() {
      counted = startingPoint();
      synced.fill(0);
      writeLog.clear();
    },
  };
}

function startingPoint(): GraphStatistics {
  return {
    requests: 0,
    listRequests: 0,
    reportRequests: 0,
    batchRequests: 0,
    batchItems: 0,
    bulkRequests: 0,
    bulkDevices: 0,
    connectorSyncs: 0,
    refusedActions: 0,
    writes: 0,
    throttled: 0,
    unauthorized: 0,
    devicesSynced: 0,
    duplicateSyncs: 0,
    maxWritesPer20s: 0,
    lastWriteAt: null,
    statuses: {},
    itemStatuses: {},
    faults: {},
  };
}

function increment(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}
