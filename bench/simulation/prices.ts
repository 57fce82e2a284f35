import type { Usage } from './world/usage.ts';

/** What Azure charges, US dollars. */
export interface PriceList {
  /** Of memory while an instance is active, GB-second. */
  readonly perGigabyteSecond: number;
  readonly perMillionExecutions: number;
  readonly perTenThousandTableOperations: number;
  readonly perTenThousandQueueOperations: number;
}

/**
 * Pay-as-you-go prices of East US, as they were in July 2026, without the monthly grant of 100,000
 * GB-s and 250,000 executions. Functions: Flex Consumption on demand
 * (azure.microsoft.com/pricing/details/functions). Storage: general purpose v2, locally redundant
 * (azure.microsoft.com/pricing/details/storage/tables and …/queues, both classes of operations).
 */
export const prices: PriceList = {
  perGigabyteSecond: 0.000_026,
  perMillionExecutions: 0.4,
  perTenThousandTableOperations: 0.000_36,
  perTenThousandQueueOperations: 0.004,
};

/** Memory of an instance as the app is deployed, GB. */
export const INSTANCE_GIGABYTES = 2;

/** What a run cost, US dollars; what is stored and what telemetry costs are not in it. */
export interface Cost {
  readonly functions: number;
  readonly storage: number;
  readonly total: number;
}

/** The price of what was used, empty polls included. */
export function costOf(usage: Usage, list: PriceList = prices): Cost {
  const functions =
    usage.billedSeconds * INSTANCE_GIGABYTES * list.perGigabyteSecond +
    (usage.invocations / 1e6) * list.perMillionExecutions;
  const queueOperations = usage.queueOperations + usage.emptyPolls;
  const storage =
    (usage.tableOperations / 1e4) * list.perTenThousandTableOperations +
    (queueOperations / 1e4) * list.perTenThousandQueueOperations;
  return { functions, storage, total: functions + storage };
}
