import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClockOffset, correctionOf, withSample } from '../../src/core/clock-offset.ts';
import { type WriteBudgetState, freshBudget, reserve } from '../../src/core/write-budget.ts';
import { isStillOpen, throttle } from '../../src/core/write-gate.ts';
import { startOfTest } from '../support/factories.ts';

/** Graph's documented limit: so many writes in any window of so long. */
const LIMIT = 200;
const WINDOW_MS = 20_000;

/** Calls arrive this much later than they should, at most. */
const MAX_LATE_MS = 300;

interface Step {
  /** Time that passes before it. */
  readonly passMs: number;
  readonly count: number;
  readonly lane: 'normal' | 'urgent';
  readonly maxWaitMs: number;
  readonly lateMs: number;
  /** The worker dies between its reservation and its call. */
  readonly isCrash: boolean;
  /** Graph throttles the call and asks for this wait. */
  readonly throttledMs: number | null;
}

const anyStep: fc.Arbitrary<Step> = fc.record({
  // Most steps come closely one after the other: that is when a limit is tried.
  passMs: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 0, max: 300 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 8_000 }) },
  ),
  count: fc.integer({ min: 1, max: 98 }),
  lane: fc.constantFrom('normal', 'normal', 'urgent'),
  maxWaitMs: fc.constantFrom(0, 3_000, 3_000, 60_000),
  lateMs: fc.integer({ min: 0, max: MAX_LATE_MS }),
  isCrash: fc.boolean(),
  throttledMs: fc.option(fc.integer({ min: 0, max: 30_000 }), { freq: 20 }),
});
const anySteps = fc.array(anyStep, { minLength: 1, maxLength: 120 });

interface Send {
  readonly at: number;
  readonly count: number;
}

/** Plays what workers do, one after the other as the row's ETag has it; returns what was sent. */
function play(ceiling: number, steps: readonly Step[]) {
  let state: WriteBudgetState = freshBudget;
  let now = startOfTest;
  const sends: (Send & { slotAt: number; waitMs: number; closedUntil: number })[] = [];
  for (const step of steps) {
    now += step.passMs;
    const { count, lane, maxWaitMs } = step;
    const answer = reserve(state, { count, backlog: count, lane, maxWaitMs }, ceiling, now);
    state = answer.state;
    if (answer.reservation.kind === 'putBack' || step.isCrash) continue;
    const { at, waitMs, count: granted } = answer.reservation;
    if (!isStillOpen(state, at)) continue;
    const { closedUntil } = state;
    sends.push({ at: at + step.lateMs, count: granted, slotAt: at, waitMs, closedUntil });
    if (step.throttledMs === null) continue;
    state = throttle(state, { at, waitMs: step.throttledMs }, ceiling, Math.max(now, at));
  }
  return sends;
}

/** The most writes that any window of 20 s has. */
function mostInAWindow(sends: readonly Send[]): number {
  const sorted = [...sends].sort((a, b) => a.at - b.at);
  let most = 0;
  let writes = 0;
  let first = 0;
  for (const { at, count } of sorted) {
    writes += count;
    while ((sorted[first]?.at ?? at) <= at - WINDOW_MS) writes -= sorted[first++]?.count ?? 0;
    most = Math.max(most, writes);
  }
  return most;
}

const cases = { numRuns: 10_000 };

describe('the write budget', () => {
  it('keeps the limit of 200 writes in any 20 s at every ceiling up to 10/s', () => {
    const ceilings = fc.double({ min: 0.1, max: 10, noNaN: true });
    fc.assert(
      fc.property(ceilings, anySteps, (ceiling, steps) => {
        expect(mostInAWindow(play(ceiling, steps))).toBeLessThanOrEqual(LIMIT);
      }),
      cases,
    );
  });

  it('lets no more than its ceiling go in any 20 s, and a slot where that is no whole number', () => {
    const ceilings = fc.double({ min: 0.1, max: 20, noNaN: true });
    fc.assert(
      fc.property(ceilings, anySteps, (ceiling, steps) => {
        const slot = Math.max(1, Math.floor(ceiling / 2));
        const bound = ceiling * (WINDOW_MS / 1_000) + slot;
        expect(mostInAWindow(play(ceiling, steps))).toBeLessThanOrEqual(bound);
      }),
      cases,
    );
  });

  it('uses 97 % of the ceiling at least, whoever asks how often, as long as there is work', () => {
    const asks = fc.array(
      fc.record({
        passMs: fc.integer({ min: 0, max: 100 }),
        count: fc.integer({ min: 1, max: 20 }),
      }),
      { minLength: 600, maxLength: 600 },
    );
    fc.assert(
      fc.property(asks, (steps) => {
        const sends = play(
          10,
          steps.map((step) => ({
            ...step,
            lane: 'normal' as const,
            maxWaitMs: 3_000,
            lateMs: 0,
            isCrash: false,
            throttledMs: null,
          })),
        );
        // There is more work than room from the first send that has to wait.
        const from = sends.find(({ waitMs }) => waitMs > 0)?.slotAt ?? 0;
        const until = sends.at(-1)?.slotAt ?? 0;
        fc.pre(until - from > WINDOW_MS);
        const writes = sends
          .filter(({ slotAt }) => slotAt >= from && slotAt < until)
          .reduce((sum, { count }) => sum + count, 0);
        expect(writes / ((until - from) / 1_000)).toBeGreaterThanOrEqual(9.7);
      }),
      { numRuns: 500 },
    );
  });

  it('sends nothing while the gate is closed, and never goes back in time', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        let last = 0;
        for (const { slotAt, closedUntil } of play(10, steps)) {
          expect(slotAt).toBeGreaterThanOrEqual(Math.max(last, closedUntil));
          last = slotAt;
        }
      }),
      cases,
    );
  });

  it('keeps the limit among workers whose clocks are up to 5 s apart from the store', () => {
    const worker = fc.record({
      skewMs: fc.integer({ min: -5_000, max: 5_000 }),
      phases: fc.array(fc.integer({ min: 0, max: 999 }), { minLength: 12, maxLength: 20 }),
    });
    const anyTurns = fc.array(
      fc.record({ worker: fc.nat(7), passMs: fc.integer({ min: 0, max: 300 }) }),
      { minLength: 100, maxLength: 200 },
    );
    fc.assert(
      fc.property(fc.array(worker, { minLength: 2, maxLength: 8 }), anyTurns, (workers, turns) => {
        const errors = workers.map(({ skewMs, phases }) => clockError(skewMs, phases));
        expect(mostInAWindow(playSkewed(errors, turns))).toBeLessThanOrEqual(LIMIT + 2 * 5);
      }),
      { numRuns: 2_000 },
    );
  });
});

/**
 * By how much a worker errs about the store's time, after answers at some moments of a second.
 *
 * @param skewMs its clock is ahead by this
 */
function clockError(skewMs: number, phases: readonly number[]): number {
  let offset: ClockOffset | undefined;
  for (const [place, phase] of phases.entries()) {
    const truth = startOfTest + place * 1_000 + phase;
    const serverSecond = Math.floor(truth / 1_000) * 1_000;
    const sample = { sentAt: truth + skewMs - 10, receivedAt: truth + skewMs + 10, serverSecond };
    offset = withSample(offset, sample);
  }
  return skewMs + (offset === undefined ? 0 : correctionOf(offset));
}

function playSkewed(
  errors: readonly number[],
  turns: readonly { readonly worker: number; readonly passMs: number }[],
): Send[] {
  let state: WriteBudgetState = freshBudget;
  let truth = startOfTest;
  const sends: Send[] = [];
  for (const { worker, passMs } of turns) {
    truth += passMs;
    const seen = truth + (errors[worker % errors.length] ?? 0);
    const request = { count: 20, backlog: 50, lane: 'normal', maxWaitMs: 3_000 } as const;
    const answer = reserve(state, request, 10, seen);
    state = answer.state;
    const { reservation } = answer;
    if (reservation.kind === 'putBack') continue;
    sends.push({ at: truth + reservation.waitMs, count: reservation.count });
  }
  return sends;
}
