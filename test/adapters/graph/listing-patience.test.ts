import { describe, expect, it } from 'vitest';
import {
  type Again,
  listingError,
  listingPatience,
} from '../../../src/adapters/graph/listing-patience.ts';
import type { Answer } from '../../../src/core/answer.ts';
import {
  approvalRequired,
  listingFailed,
  missingPermission,
  unauthorized,
  unknownGroup,
} from '../../../src/core/problems.ts';
import { ListingError } from '../../../src/use-cases/ports.ts';

const policy = { maxRetries: 3, initialDelayMs: 1_000, maxDelayMs: 60_000 };
const role = 'Some.Read.All';

/** What patience says to one answer after the other; the last may be why it is over. */
function told(answers: readonly Answer[], changes: Partial<typeof policy> = {}, random = 1) {
  const options = { policy: { ...policy, ...changes }, random: () => random, role };
  const again = listingPatience(options);
  const said: (Again | ListingError)[] = [];
  for (const answer of answers) {
    try {
      said.push(again(answer));
    } catch (error) {
      if (!(error instanceof ListingError)) throw error;
      said.push(error);
      break;
    }
  }
  return said;
}

const wait = (waitMs: number): Again => ({ kind: 'wait', waitMs });
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);
const throttled = (retryAfterMs?: number): Answer => ({
  status: 429,
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});
const failed = (why: string) =>
  listingError(`A page of the list still failed after its retries: ${why}.`);

describe('patience with a call that fails', () => {
  it.each([0, 408, 500, 502, 503, 504])('with %i backs off, then is over', (status) => {
    const said = told(times(4, { status, code: 'timeout' }));
    const why = status === 0 ? 'no answer (timeout)' : `status ${status}`;
    expect(said).toEqual([wait(1_000), wait(2_000), wait(4_000), failed(why)]);
  });

  it('without retries is over at once', () => {
    expect(told([{ status: 503 }], { maxRetries: 0 })).toEqual([failed('status 503')]);
  });

  it('waits as long as Graph asks, and no less than that', () => {
    expect(told([{ status: 503, retryAfterMs: 7_000 }])).toEqual([wait(7_000)]);
    expect(told([{ status: 503, retryAfterMs: 0 }])).toEqual([wait(0)]);
  });

  it('sits its own backoff out however long it grew', () => {
    const initialDelayMs = 60_000;
    expect(told([{ status: 503 }], { initialDelayMs })).toEqual([wait(30_000)]);
  });

  it('waits a random part of its backoff, so that planners do not come back together', () => {
    expect(told([{ status: 503 }], {}, 0.25)).toEqual([wait(250)]);
  });

  it('with 404 is over at once, and says what the caller knows of a list that is not there', () => {
    const ifMissing = unknownGroup('g');
    const again = listingPatience({ policy, random: () => 1, role, ifMissing });
    expect(() => again({ status: 404 })).toThrow(new ListingError(ifMissing));
  });

  it.each([400, 404, 405, 410, 418])('with %i is over at once', (status) => {
    expect(told([{ status }])).toEqual([failed(`status ${status}`)]);
  });
});

describe('patience with a call that is throttled', () => {
  it('is not used up by it', () => {
    const said = told([...times(20, throttled(2_000)), ...times(3, { status: 503 })]);
    expect(said.slice(0, 20)).toEqual(times(20, wait(2_000)));
    expect(said.slice(20).map((one) => 'kind' in one && one.kind)).toEqual(times(3, 'wait'));
  });

  it('waits a second at the least', () => {
    expect(told([throttled(0), throttled(999)])).toEqual([wait(1_000), wait(1_000)]);
    expect(told([throttled()], {}, 0)).toEqual([wait(1_000)]);
  });

  it('hands a wait that is longer than 30 s back to the queue', () => {
    expect(told([throttled(30_000)])).toEqual([wait(30_000)]);
    const [error] = told([throttled(30_001)]);
    expect(error).toMatchObject({
      problem: listingFailed('Graph asked for a long wait.'),
      retryAfterMs: 30_001,
    });
  });

  it('hands the list back after 5 min in all', () => {
    const said = told(times(20, throttled(30_000)));
    expect(said.slice(0, 10)).toEqual(times(10, wait(30_000)));
    expect(said[10]).toMatchObject({ retryAfterMs: 30_000 });
    expect(said).toHaveLength(11);
  });
});

describe('patience with a refusal', () => {
  it('renews the token once', () => {
    const said = told(times(2, { status: 401 }));
    expect(said[0]).toEqual({ kind: 'renew' });
    expect(said[1]).toMatchObject({ problem: unauthorized(), retryAfterMs: undefined });
  });

  it('names the role that this call needs', () => {
    expect(told([{ status: 403 }])).toMatchObject([{ problem: missingPermission([role]) }]);
  });

  it('tells an approval from a missing role', () => {
    const answer = { status: 403, message: 'Approval is required' };
    expect(told([answer])).toMatchObject([{ problem: approvalRequired() }]);
  });
});
