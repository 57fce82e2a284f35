import { describe, expect, it } from 'vitest';
import {
  type WriteBudgetState,
  type WriteRequest,
  announceUrgent,
  freshBudget,
  isStillOpen,
  paceOf,
  reserve,
  throttle,
} from '../../src/core/write-budget.ts';
import { startOfTest as now } from '../support/factories.ts';

const CEILING = 10;
const someWrites: WriteRequest = { count: 20, backlog: 50, lane: 'normal', maxWaitMs: 3_000 };

function ask(state: WriteBudgetState, request: Partial<WriteRequest> = {}, at = now) {
  return reserve(state, { ...someWrites, ...request }, CEILING, at);
}

/** The state after so many slots were taken whole. */
function taken(slots: number): WriteBudgetState {
  let state = freshBudget;
  for (let slot = 0; slot < slots; slot++) {
    ({ state } = ask(state, { count: 5, maxWaitMs: 3_600_000 }));
  }
  return state;
}

describe('reserve', () => {
  it('grants the writes of half a second at once', () => {
    expect(ask(freshBudget).reservation).toEqual({
      kind: 'granted',
      count: 5,
      at: now,
      waitMs: 0,
      maxLateMs: 200,
    });
  });

  it('grants the next ones half a second later, 2 % slower than the ceiling', () => {
    expect(ask(taken(1)).reservation).toEqual({
      kind: 'granted',
      count: 5,
      at: now + 510,
      waitMs: 510,
      maxLateMs: 200,
    });
  });

  it('fills up a slot that has room left', () => {
    const { state } = ask(freshBudget, { count: 2 });
    expect(ask(state, {}, now + 50).reservation).toEqual({
      kind: 'granted',
      count: 3,
      at: now + 50,
      waitMs: 0,
      maxLateMs: 200,
    });
  });

  it('lets go of the room in a slot that began more than 100 ms ago', () => {
    const { state } = ask(freshBudget, { count: 2 });
    expect(ask(state, {}, now + 101).reservation).toEqual({
      kind: 'granted',
      count: 5,
      at: now + 510,
      waitMs: 409,
      maxLateMs: 200,
    });
  });

  it('gives an idle time no credit', () => {
    const { state } = ask(taken(1), {}, now + 3_600_000);
    expect(ask(state, {}, now + 3_600_000).reservation).toMatchObject({ waitMs: 510 });
  });

  it('grants one write at a time when the rate is small', () => {
    const { reservation, state } = reserve(freshBudget, someWrites, 0.1, now);
    expect(reservation).toMatchObject({ count: 1, waitMs: 0 });
    expect(state.nextAt).toBe(now + 10_200);
  });

  it('grants no more than is asked for, and at most 20', () => {
    expect(ask(freshBudget, { count: 1 }).reservation).toMatchObject({ count: 1 });
    expect(reserve(freshBudget, { ...someWrites, count: 90 }, 100, now).reservation).toMatchObject({
      count: 20,
    });
  });

  it('goes on after a worker that reserved and died: its slot is over when its time is', () => {
    const dead = ask(freshBudget).state;
    expect(ask(dead, {}, now + 510).reservation).toMatchObject({ count: 5, waitMs: 0 });
  });
});

describe('a worker that was late for its last moment', () => {
  it('gets a slot that is so much longer, and may be as late again', () => {
    const { state, reservation } = ask(freshBudget, { lateMs: 300 });
    expect(reservation).toMatchObject({ count: 5, waitMs: 0, maxLateMs: 500 });
    expect(state.nextAt).toBe(now + 510 + 300);
  });

  it('gets no more than others as long as it was not too late', () => {
    expect(ask(freshBudget, { lateMs: 200 })).toEqual(ask(freshBudget));
  });

  it('pays for its time also in a slot that another has opened', () => {
    const { state } = ask(freshBudget, { count: 2 });
    const filled = ask(state, { lateMs: 300 }, now + 50);
    expect(filled.reservation).toMatchObject({ count: 3, waitMs: 0, maxLateMs: 500 });
    expect(filled.state.nextAt).toBe(now + 510 + 300);
  });

  it('does not keep the others waiting for longer than 2 s when it was held up for an hour', () => {
    const { state, reservation } = ask(freshBudget, { lateMs: 3_600_000 });
    expect(reservation).toMatchObject({ maxLateMs: 2_200 });
    expect(state.nextAt).toBe(now + 510 + 2_000);
  });

  it('pays nothing when it finds no place', () => {
    expect(ask(taken(7), { lateMs: 300 })).toEqual(ask(taken(7)));
  });
});

describe('work without a place soon', () => {
  it('is put back, and nothing is counted', () => {
    const { state, reservation } = ask(taken(7));
    expect(reservation).toEqual({ kind: 'putBack', waitMs: 7 * 510 - 2_000 });
    expect(state).toMatchObject({ nextAt: now + 7 * 510, left: 0 });
  });

  it('returns one after the other at the pace of the ceiling, not all at once', () => {
    let state = taken(20);
    const waits = Array.from({ length: 4 }, () => {
      const answer = ask(state);
      ({ state } = answer);
      return answer.reservation.waitMs;
    });
    expect(waits).toEqual([8_200, 13_300, 18_400, 23_500]);
  });

  it('stays away for a second at least', () => {
    expect(ask(taken(6), { maxWaitMs: 100 }).reservation).toEqual({
      kind: 'putBack',
      waitMs: 1_060,
    });
    expect(ask(taken(1), { maxWaitMs: 100 }).reservation).toEqual({
      kind: 'putBack',
      waitMs: 1_000,
    });
  });
});

describe('an urgent run', () => {
  const urgent = announceUrgent(freshBudget, now);

  it('makes other work step aside for 25 s from each time it is announced', () => {
    expect(ask(urgent).reservation).toEqual({ kind: 'putBack', waitMs: 23_000 });
    expect(ask(urgent, {}, now + 25_000).reservation).toMatchObject({ kind: 'granted' });
  });

  it('is announced by each of its own reservations', () => {
    const { state } = ask(freshBudget, { lane: 'urgent' });
    expect(ask(state).reservation.kind).toBe('putBack');
  });

  it('does not step aside itself', () => {
    expect(ask(urgent, { lane: 'urgent' }).reservation).toMatchObject({ waitMs: 0 });
  });

  it('is not sent to the end of the line of the work that stepped aside', () => {
    let state = announceUrgent(taken(10), now);
    for (let batch = 0; batch < 100; batch++) ({ state } = ask(state));
    expect(ask(state, { lane: 'urgent' }).reservation).toEqual({
      kind: 'putBack',
      waitMs: 10 * 510 - 2_000,
    });
  });
});

describe('throttle', () => {
  const throttled = throttle(taken(1), { at: now, waitMs: 12_000 }, CEILING, now + 300);

  it('closes the gate for everyone, urgent work included', () => {
    expect(ask(throttled, {}, now + 300).reservation).toEqual({ kind: 'putBack', waitMs: 10_000 });
    expect(ask(throttled, { lane: 'urgent' }, now + 300).reservation.kind).toBe('putBack');
    expect(ask(throttled, {}, now + 12_300).reservation).toMatchObject({ waitMs: 0 });
  });

  it('takes back what was reserved for the time in which the gate is closed', () => {
    expect(isStillOpen(taken(1), now + 510)).toBe(true);
    expect(isStillOpen(throttled, now + 510)).toBe(false);
    expect(isStillOpen(throttled, now + 12_300)).toBe(true);
  });

  it('lowers the rate by a fifth for a short wait', () => {
    const state = throttle(taken(1), { at: now, waitMs: 1_000 }, CEILING, now + 300);
    expect(state).toMatchObject({ limit: 10, cutAt: now + 300 });
    const next = ask(state, {}, now + 1_300).state;
    expect(next.nextAt - next.openAt).toBeGreaterThan((5 / paceOf(8.5)) * 1_000);
    expect(next.nextAt - next.openAt).toBeLessThan((5 / paceOf(8)) * 1_000);
  });

  it('lowers it further for a long wait, which says how early the window was full', () => {
    const limits = [1_000, 8_000, 12_000, 3_600_000].map(
      (waitMs) => throttle(taken(1), { at: now, waitMs }, CEILING, now + 300).limit,
    );
    expect(limits).toEqual([10, 7.5, 6.25, 6.25]);
  });

  it('keeps slots of one size near the ceiling, since of two sizes a window may have one too many', () => {
    const state = throttle(taken(1), { at: now, waitMs: 0 }, CEILING, now);
    expect(ask(state, {}, now + 510).reservation).toMatchObject({ count: 5 });
    const slow = { ...state, limit: 4 };
    expect(ask(slow, {}, now + 510).reservation).toMatchObject({ count: 1 });
  });

  it('lowers it once for calls that were on their way when the gate closed', () => {
    const again = throttle(throttled, { at: now + 510, waitMs: 1_000 }, CEILING, now + 700);
    expect(again).toBe(throttled);
  });

  it('lowers it once in 5 s: a window that is full empties slowly', () => {
    const first = throttle(taken(1), { at: now, waitMs: 0 }, CEILING, now);
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
