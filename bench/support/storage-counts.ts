import type { StorageRequest } from '../../dev/azurite.ts';

/** What the app asks of storage. The host's own requests (polls, locks) are not the app's. */
export interface StorageCounts {
  /** Requests for rows: reads, writes, queries and transactions. */
  tables: number;
  /** Messages that were put on a queue, and messages that were done with. */
  queues: number;
  /** Polls of a queue, by the host. */
  polls: number;
}

/** What a request counts as; `undefined` for blobs, in which the host keeps its locks. */
export function kindOf({ method, path }: StorageRequest): keyof StorageCounts | undefined {
  const [resource = '', query = ''] = path.replace(/^\/devstoreaccount1\//, '').split('?');
  if (/\/messages(\/|$)/.test(resource)) {
    return method === 'GET' && !query.includes('peekonly') ? 'polls' : 'queues';
  }
  // Names of this app's tables begin with a capital, those of its queues and containers do not.
  return /^(\$batch|%24batch|Tables|[A-Z]\w*(\(|$))/.test(resource) ? 'tables' : undefined;
}

/** Counts the requests of a stretch of time that the caller begins and ends. */
export function createStorageCounter() {
  let counts: StorageCounts = { tables: 0, queues: 0, polls: 0 };
  return {
    onRequest: (request: StorageRequest) => {
      const kind = kindOf(request);
      if (kind !== undefined) counts[kind] += 1;
    },
    /** What was counted since the last time. */
    take: (): StorageCounts => {
      const taken = counts;
      counts = { tables: 0, queues: 0, polls: 0 };
      return taken;
    },
  };
}
