import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type WriteBudgetState,
  closeGate,
  freshBudget,
  reserve,
} from '../../src/core/write-budget.ts';
import { startOfTest as now } from '../support/factories.ts';

describe('reserve', () => {
  it('lets the first writes go at once, and the next ones after their share of time', () => {
    const first = reserve(freshBudget, 20, 8, { now, maxWaitMs: 0 });
    expect(first).toEqual({
      kind: 'granted',
      waitMs: 0,
      state: { nextAt: now + 2_500, closedUntil: 0 },
    });
    expect(reserve(stateOf(first), 20, 8, { now, maxWaitMs: 5_000 })).toEqual({
      kind: 'granted',
      waitMs: 2_500,
      state: { nextAt: now + 5_000, closedUntil: 0 },
    });
  });

  it('gives an idle time no credit', () => {
    const state = { nextAt: now - 3_600_000, closedUntil: 0 };
    const reservation = reserve(state, 20, 8, { now, maxWaitMs: 0 });
    expect(stateOf(reservation).nextAt).toBe(now + 2_500);
  });

  it('counts nothing when the wait would be longer than wanted', () => {
    const state = { nextAt: now + 5_001, closedUntil: 0 };
    expect(reserve(state, 20, 8, { now, maxWaitMs: 5_000 })).toEqual({
      kind: 'tooFar',
      waitMs: 5_001,
    });
  });

  it('waits for a closed gate', () => {
    const state = closeGate(freshBudget, now + 4_000);
    expect(reserve(state, 8, 8, { now, maxWaitMs: 5_000 })).toEqual({
      kind: 'granted',
      waitMs: 4_000,
      state: { nextAt: now + 5_000, closedUntil: now + 4_000 },
    });
  });
});

describe('closeGate', () => {
  it('closes for longer, never for less', () => {
    const closed = closeGate(freshBudget, now + 10_000);
    expect(closed).toEqual({ nextAt: 0, closedUntil: now + 10_000 });
    expect(closeGate(closed, now + 5_000)).toBe(closed);
    expect(closeGate(closed, now + 10_000)).toBe(closed);
  });
});

describe('the write budget', () => {
  const WINDOW_MS = 20_000;
  const step = fc.record({
    passMs: fc.integer({ min: 0, max: 4_000 }),
    count: fc.integer({ min: 1, max: 20 }),
    maxWaitMs: fc.constantFrom(0, 5_000, 60_000),
    closeMs: fc.option(fc.integer({ min: 0, max: 30_000 }), { freq: 8 }),
  });
  const anyRate = fc.double({ min: 0.1, max: 20, noNaN: true });

  it('lets at most its rate and one reservation go in any 20 s, whoever asks when', () => {
    fc.assert(
      fc.property(anyRate, fc.array(step, { maxLength: 80 }), (rate, steps) => {
        const grants = play(rate, steps);
        for (const { at: end } of grants) {
          const inWindow = grants.filter(({ at }) => at > end - WINDOW_MS && at <= end);
          const writes = inWindow.reduce((sum, { count }) => sum + count, 0);
          expect(writes).toBeLessThanOrEqual(rate * (WINDOW_MS / 1_000) + 20 + 1e-6);
        }
      }),
    );
  });

  it('grants in the order of asking, and never while the gate is closed', () => {
    fc.assert(
      fc.property(anyRate, fc.array(step, { maxLength: 80 }), (rate, steps) => {
        let last = 0;
        for (const { at, closedUntil } of play(rate, steps)) {
          expect(at).toBeGreaterThanOrEqual(Math.max(last, closedUntil));
          last = at;
        }
      }),
    );
  });
});

type Step = { passMs: number; count: number; maxWaitMs: number; closeMs: number | null };

/** Plays requests one after the other; returns when the granted writes may go. */
function play(rate: number, steps: readonly Step[]) {
  let state: WriteBudgetState = freshBudget;
  let time = now;
  const grants: { at: number; count: number; closedUntil: number }[] = [];
  for (const { passMs, count, maxWaitMs, closeMs } of steps) {
    time += passMs;
    if (closeMs !== null) state = closeGate(state, time + closeMs);
    const reservation = reserve(state, count, rate, { now: time, maxWaitMs });
    if (reservation.kind === 'tooFar') continue;
    grants.push({ at: time + reservation.waitMs, count, closedUntil: state.closedUntil });
    state = reservation.state;
  }
  return grants;
}

function stateOf(reservation: ReturnType<typeof reserve>): WriteBudgetState {
  if (reservation.kind === 'tooFar') throw new Error(`too far: ${reservation.waitMs} ms`);
  return reservation.state;
}
