import { describe, expect, it } from 'vitest';
import {
  type WriteBudgetState,
  type WriteRequest,
  freshBudget,
  reserve,
} from '../../src/core/write-budget.ts';
import { paceOf } from '../../src/core/write-slot.ts';
import { isStillOpen, throttle } from '../../src/core/write-gate.ts';
import { startOfTest as now } from '../support/factories.ts';

const CEILING = 10;
const someWrites: WriteRequest = { count: 20, backlog: 50, lane: 'normal', maxWaitMs: 3_000 };

function ask(state: WriteBudgetState, request: Partial<WriteRequest> = {}, at = now) {
  return reserve(state, { ...someWrites, ...request }, CEILING, at);
}

/** The state after one slot was taken whole. */
const { state: oneTaken } = ask(freshBudget, { count: 5 });

describe('throttle', () => {
  const throttled = throttle(oneTaken, { at: now, waitMs: 12_000 }, CEILING, now + 300);

  it('closes the gate for everyone, urgent work included', () => {
    expect(ask(throttled, {}, now + 300).reservation).toEqual({ kind: 'putBack', waitMs: 10_000 });
    expect(ask(throttled, { lane: 'urgent' }, now + 300).reservation.kind).toBe('putBack');
    expect(ask(throttled, {}, now + 12_300).reservation).toMatchObject({ waitMs: 0 });
  });

  it('takes back what was reserved for the time in which the gate is closed', () => {
    expect(isStillOpen(oneTaken, now + 510)).toBe(true);
    expect(isStillOpen(throttled, now + 510)).toBe(false);
    expect(isStillOpen(throttled, now + 12_300)).toBe(true);
  });

  it('lowers the rate by a fifth for a short wait', () => {
    const state = throttle(oneTaken, { at: now, waitMs: 1_000 }, CEILING, now + 300);
    expect(state).toMatchObject({ limit: 10, cutAt: now + 300 });
    const next = ask(state, {}, now + 1_300).state;
    expect(next.nextAt - next.openAt).toBeGreaterThan((5 / paceOf(8.5)) * 1_000);
    expect(next.nextAt - next.openAt).toBeLessThan((5 / paceOf(8)) * 1_000);
  });

  it('lowers it further for a long wait, which says how early the window was full', () => {
    const limits = [1_000, 8_000, 12_000, 3_600_000].map(
      (waitMs) => throttle(oneTaken, { at: now, waitMs }, CEILING, now + 300).limit,
    );
    expect(limits).toEqual([10, 7.5, 6.25, 6.25]);
  });

  it('keeps slots of one size near the ceiling, since of two sizes a window may have one too many', () => {
    const state = throttle(oneTaken, { at: now, waitMs: 0 }, CEILING, now);
    expect(ask(state, {}, now + 510).reservation).toMatchObject({ count: 5 });
    const slow = { ...state, limit: 4 };
    expect(ask(slow, {}, now + 510).reservation).toMatchObject({ count: 1 });
  });

  it('lowers it once for calls that were on their way when the gate closed', () => {
    const again = throttle(throttled, { at: now + 510, waitMs: 1_000 }, CEILING, now + 700);
    expect(again).toBe(throttled);
  });

  it('lowers it once in 5 s: a window that is full empties slowly', () => {
    const first = throttle(oneTaken, { at: now, waitMs: 0 }, CEILING, now);
    expect(throttle(first, { at: now + 4_999, waitMs: 0 }, CEILING, now + 5_100)).toMatchObject({
      limit: 10,
      cutAt: now,
    });
  });

  it('lowers it again for a call that was sent after', () => {
    const again = throttle(throttled, { at: now + 12_300, waitMs: 1_000 }, CEILING, now + 12_500);
    expect(again.cutAt).toBe(now + 12_500);
    expect(again.limit).toBeLessThan(6.25);
  });

  it('never opens a gate that is closed for longer', () => {
    const again = throttle(throttled, { at: now, waitMs: 30_000 }, CEILING, now + 300);
    expect(again.closedUntil).toBe(now + 30_300);
    expect(throttle(again, { at: now, waitMs: 0 }, CEILING, now + 300)).toBe(again);
  });
});
