import { describe, expect, it } from 'vitest';
import { costOf } from '../../../bench/simulation/prices.ts';
import { noUsage } from '../../../bench/simulation/world/usage.ts';

const list = {
  perGigabyteSecond: 1,
  perMillionExecutions: 10,
  perTenThousandTableOperations: 100,
  perTenThousandQueueOperations: 1_000,
};

describe('costOf', () => {
  it('charges the memory of active instances and each execution', () => {
    const usage = { ...noUsage(), billedSeconds: 3, invocations: 500_000 };
    expect(costOf(usage, list)).toEqual({ functions: 11, storage: 0, total: 11 });
  });

  it('charges storage by operation, polls that found nothing included', () => {
    const usage = {
      ...noUsage(),
      tableOperations: 20_000,
      queueOperations: 10_000,
      emptyPolls: 5_000,
    };
    expect(costOf(usage, list)).toEqual({ functions: 0, storage: 1_700, total: 1_700 });
  });
});
