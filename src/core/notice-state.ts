/** How the notice of an ended run fares. */
export interface NoticeState {
  readonly attempts: number;
  /** Not before this is it (again) to be sent, ms since the epoch. */
  readonly nextAt: number;
  /** Whether it was sent, or given up. */
  readonly isOver: boolean;
}

/** The notice is given up after this many attempts, some two and a half minutes in all. */
export const MAX_NOTICE_ATTEMPTS = 5;

/** The wait after the first failed attempt, ms; it doubles with each. */
const INITIAL_DELAY_MS = 10_000;

/** The longest wait that the receiver can ask for, ms. */
const MAX_DELAY_MS = 300_000;

/** The notice of a run that has just ended. */
export function dueNotice(now: number): NoticeState {
  return { attempts: 0, nextAt: now, isOver: false };
}

/** Whether it is time for an attempt. */
export function isNoticeDue({ nextAt, isOver }: NoticeState, now: number): boolean {
  return !isOver && now >= nextAt;
}

/**
 * The state while an attempt is under way. It is written before the attempt is made: of two that
 * want to make it only one gets this far, and one that dies in it is followed by another.
 */
export function attemptNotice({ attempts }: NoticeState, now: number): NoticeState {
  const delayMs = INITIAL_DELAY_MS * 2 ** attempts;
  return { attempts: attempts + 1, nextAt: now + delayMs, isOver: false };
}

/**
 * The state after a failed attempt.
 *
 * @param retryAfterMs what the receiver asked for, if it did
 */
export function failNotice(
  state: NoticeState,
  { retryAfterMs, now }: { readonly retryAfterMs: number | undefined; readonly now: number },
): NoticeState {
  const asked = now + Math.min(retryAfterMs ?? 0, MAX_DELAY_MS);
  return {
    ...state,
    nextAt: Math.max(state.nextAt, asked),
    isOver: state.attempts >= MAX_NOTICE_ATTEMPTS,
  };
}
