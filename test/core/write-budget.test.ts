import { describe, expect, it } from 'vitest';
import {
  type WriteBudgetState,
  type WriteRequest,
  announceUrgent,
  freshBudget,
  reserve,
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
    expect(ask(freshBudget).reservation).toEqual({ kind: 'granted', count: 5, at: now, waitMs: 0 });
  });

  it('grants what is to be waited for exactly as long as the worker would sit out', () => {
    expect(ask(taken(1), { maxWaitMs: 510 }).reservation).toMatchObject({ waitMs: 510 });
    expect(ask(taken(1), { maxWaitMs: 509 }).reservation.kind).toBe('putBack');
  });

  it('grants the next ones half a second later, 2 % slower than the ceiling', () => {
    expect(ask(taken(1)).reservation).toEqual({
      kind: 'granted',
      count: 5,
      at: now + 510,
      waitMs: 510,
    });
  });

  it('fills up a slot that has room left', () => {
    const { state } = ask(freshBudget, { count: 2 });
    expect(ask(state, {}, now + 50).reservation).toEqual({
      kind: 'granted',
      count: 3,
      at: now + 50,
      waitMs: 0,
    });
  });

  it('lets go of the room in a slot that began more than 100 ms ago', () => {
    const { state } = ask(freshBudget, { count: 2 });
    expect(ask(state, {}, now + 101).reservation).toEqual({
      kind: 'granted',
      count: 5,
      at: now + 510,
      waitMs: 409,
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

  it('is not over sooner for a worker that takes the time to be earlier', () => {
    expect(announceUrgent(urgent, now - 1_000)).toEqual(urgent);
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
