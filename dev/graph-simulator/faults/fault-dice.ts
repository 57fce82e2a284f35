import { createStream } from '../random.ts';
import { statusRates, type Faults } from './faults.ts';

/** What the dice say about the transport of one HTTP request. */
export type TransportFault = 'none' | 'resetBefore' | 'resetAfter' | 'malformed' | 'html';

/** What they say about one device of an executeAction; `omitted…` as for a batch item. */
export type BulkFault = 'none' | 'failed' | 'omittedBefore' | 'omittedAfter';

/** What they say about one batch item: whether its answer is left out, and its work with it. */
export type ItemFault = 'none' | 'missingBefore' | 'missingAfter';

export type InjectedStatus = (typeof statusRates)[number][0];

/** Decides which faults happen; each kind has its own sequence drawn from the seed. */
export interface FaultDice {
  status(faults: Faults): InjectedStatus | undefined;
  transport(faults: Faults): TransportFault;
  item(faults: Faults): ItemFault;
  bulkDevice(faults: Faults): BulkFault;
  isSlowPage(faults: Faults): boolean;
  isEmptyPage(faults: Faults): boolean;
  latencyMs(faults: Faults): number;
  leavesOutRetryAfter(faults: Faults): boolean;
  /** A number in [0, 1) for choices that no rate governs, such as the form of an error body. */
  choice(): number;
}

/**
 * The same seed and the same sequence of requests give the same faults. Rates are read at each
 * throw, so that they can be changed while the simulator runs.
 */
export function createFaultDice(seed: number): FaultDice {
  const stream = (name: string) => createStream(seed, `fault.${name}`);
  const [status, transport, item] = [stream('status'), stream('transport'), stream('item')];
  const [slow, empty, latency] = [stream('slowPage'), stream('emptyPage'), stream('latency')];
  const [absent, choice, bulk] = [stream('retryAfter'), stream('choice'), stream('bulk')];

  return {
    status(faults) {
      let rest = status();
      for (const [code, field] of statusRates) {
        rest -= faults[field];
        if (rest < 0) return code;
      }
      return undefined;
    },
    transport(faults) {
      const drawn = transport();
      const { resetRate, malformedRate, htmlRate } = faults;
      if (drawn < resetRate) return drawn < resetRate / 2 ? 'resetBefore' : 'resetAfter';
      if (drawn < resetRate + malformedRate) return 'malformed';
      return drawn < resetRate + malformedRate + htmlRate ? 'html' : 'none';
    },
    item({ missingItemRate }) {
      const drawn = item();
      if (drawn >= missingItemRate) return 'none';
      return drawn < missingItemRate / 2 ? 'missingBefore' : 'missingAfter';
    },
    bulkDevice({ bulkFailedShare, bulkOmittedShare }) {
      const drawn = bulk();
      if (drawn < bulkOmittedShare) {
        return drawn < bulkOmittedShare / 2 ? 'omittedBefore' : 'omittedAfter';
      }
      return drawn < bulkOmittedShare + bulkFailedShare ? 'failed' : 'none';
    },
    isSlowPage: (faults) => slow() < faults.slowPageRate,
    isEmptyPage: (faults) => empty() < faults.emptyPageRate,
    latencyMs: (faults) => faults.latencyMs + latency() * faults.latencySpreadMs,
    leavesOutRetryAfter: (faults) => absent() < faults.retryAfterAbsentShare,
    choice,
  };
}
