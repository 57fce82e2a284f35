import { type Throttling, rateAt } from './send-rate.ts';
import { FILL_UP_MS, MAX_LATE_MS, extensionFor, paceOf, slotSizeOf } from './write-slot.ts';

/**
 * The write budget's shared state. Times are ms since the epoch by the clock of the store that keeps
 * it, so that all workers mean the same moment.
 */
export interface WriteBudgetState extends Throttling {
  /** When the slot began that was opened last, and how many writes it has left. */
  readonly openAt: number;
  readonly left: number;
  /** When the next slot may begin. */
  readonly nextAt: number;
  /** Nobody may write before this: Graph throttled somebody. */
  readonly closedUntil: number;
  /** Until then an urgent run is known to be open, and other work steps aside. */
  readonly urgentUntil: number;
  /** When the next batch that found no place is to come back, by lane. */
  readonly returnAt: Readonly<Record<Lane, number>>;
}

/** Urgent work comes first; within a lane it is first come, first served. */
export type Lane = 'normal' | 'urgent';

export const freshBudget: WriteBudgetState = {
  openAt: 0,
  left: 0,
  nextAt: 0,
  closedUntil: 0,
  urgentUntil: 0,
  returnAt: { normal: 0, urgent: 0 },
  cutAt: 0,
};

/** Writes that a worker asks for. */
export interface WriteRequest {
  /** As many as it can send in one call. */
  readonly count: number;
  /** All that its batch has left, at least `count`: the length of its absence when it is put back. */
  readonly backlog: number;
  readonly lane: Lane;
  /** The longest wait the worker would sit out, ms. */
  readonly maxWaitMs: number;
  /** How late the worker was for its last moment, ms; default 0. Whoever was too late gets more time. */
  readonly lateMs?: number;
}

export type Reservation =
  /**
   * So many writes may go in `waitMs`, at the moment `at` of the store's clock; they may leave later
   * by up to `maxLateMs`.
   */
  | {
      readonly kind: 'granted';
      readonly count: number;
      readonly at: number;
      readonly waitMs: number;
      readonly maxLateMs: number;
    }
  /** There is no place soon, and nothing is counted: come again in `waitMs`. */
  | { readonly kind: 'putBack'; readonly waitMs: number };

/** An urgent run is announced again at least every 10 s while it is open. */
const URGENT_HOLD_MS = 25_000;

/** A batch that is put back comes early by this, since the queue delivers in whole seconds. */
const RETURN_EARLY_MS = 2_000;

/** A message that comes back sooner costs more than it gains, ms. */
const MIN_ABSENCE_MS = 1_000;

/**
 * Reserves writes on a virtual schedule (GCRA without a burst) of slots that follow each other at
 * the rate's pace. A slot is filled by one worker or several, and what nobody takes of it is lost, as
 * are the writes of a worker that died: a schedule has no debts and no credit. In any 20 s at most
 * 20 s' worth go, whoever sends them.
 *
 * A worker that was too late for its last moment may come as late again: its slot is so much longer,
 * and the next ones begin later. So a slow machine keeps the limit and makes progress all the same.
 *
 * Work without a place soon is put back. Absent work returns one after the other at the pace of the
 * ceiling, not all at once: it costs the same however much of it there is.
 *
 * @param ceiling writes per second when Graph does not throttle
 */
export function reserve(
  state: WriteBudgetState,
  request: WriteRequest,
  ceiling: number,
  now: number,
): { readonly state: WriteBudgetState; readonly reservation: Reservation } {
  const isUrgent = request.lane === 'urgent';
  const announced = isUrgent ? announceUrgent(state, now) : state;
  const earliest = Math.max(now, state.closedUntil, isUrgent ? 0 : state.urgentUntil);
  const canFillUp = state.left > 0 && state.openAt + FILL_UP_MS >= earliest;
  const at = Math.max(earliest, canFillUp ? state.openAt : state.nextAt);
  if (at - now > request.maxWaitMs) return putBack(announced, request, { ceiling, now, at });
  const open = canFillUp
    ? announced
    : openSlot(announced, rateAt(state, ceiling, now), at, ceiling);
  const count = Math.min(request.count, open.left);
  const extensionMs = extensionFor(request.lateMs ?? 0);
  return {
    state: { ...open, left: open.left - count, nextAt: open.nextAt + extensionMs },
    reservation: {
      kind: 'granted',
      count,
      at,
      waitMs: at - now,
      maxLateMs: MAX_LATE_MS + extensionMs,
    },
  };
}

/**
 * Near the ceiling a slot has the ceiling's size, and the rate is in the pace alone: whole slots of
 * one size fit a window exactly, while of two sizes one write too many may fall into it.
 */
function openSlot(
  state: WriteBudgetState,
  rate: number,
  at: number,
  ceiling: number,
): WriteBudgetState {
  const left = slotSizeOf(rate > ceiling / 2 ? ceiling : rate);
  return { ...state, openAt: at, left, nextAt: at + (left / paceOf(rate)) * 1000 };
}

function putBack(
  state: WriteBudgetState,
  { lane, backlog }: WriteRequest,
  { ceiling, now, at }: { ceiling: number; now: number; at: number },
): { state: WriteBudgetState; reservation: Reservation } {
  const returnAt = Math.max(at, state.returnAt[lane]);
  const next = returnAt + (backlog / paceOf(ceiling)) * 1000;
  return {
    state: { ...state, returnAt: { ...state.returnAt, [lane]: next } },
    reservation: {
      kind: 'putBack',
      waitMs: Math.max(MIN_ABSENCE_MS, returnAt - now - RETURN_EARLY_MS),
    },
  };
}

/** Says that an urgent run is open: other work steps aside until nobody says so any more. */
export function announceUrgent(state: WriteBudgetState, now: number): WriteBudgetState {
  return { ...state, urgentUntil: Math.max(state.urgentUntil, now + URGENT_HOLD_MS) };
}
