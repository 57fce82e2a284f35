import type { Problem } from './run.ts';
import { approvalRequired, missingPermission, unauthorized } from './problems.ts';

/** What came back for one command: an answer of Graph, or none (`status` 0: reset, timeout, lost). */
export interface Answer {
  readonly status: number;
  /** Graph's error code, `ResourceNotFound`; for no answer what went wrong, `timeout`. */
  readonly code?: string;
  /** Graph's message without addresses and ids, at most 400 characters. */
  readonly message?: string;
  readonly retryAfterMs?: number;
  readonly requestId?: string;
}

/** What an answer means for the device it was for. */
export type Verdict =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'notFound' | 'notSupported' | 'failed'; readonly code: string }
  | { readonly kind: 'throttled'; readonly retryAfterMs?: number }
  | { readonly kind: 'transient'; readonly code: string; readonly retryAfterMs?: number }
  | { readonly kind: 'refused'; readonly code: string; readonly problem: Problem };

/**
 * Decides on the status first and the code second, never on the message, in which Intune nests
 * addresses full of digits. The one exception is Multi Admin Approval, which has no status of its
 * own: Microsoft documents a 403 whose body says that approval is required.
 *
 * @param role the app role of the action, named when the answer is a plain 403
 */
export function classifyAnswer(answer: Answer, role: string): Verdict {
  const { status } = answer;
  const code = answer.code ?? (status === 0 ? 'noAnswer' : `http${status}`);
  const wait = answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs };
  if (status >= 200 && status < 300) return { kind: 'accepted' };
  if (status === 429) return { kind: 'throttled', ...wait };
  if (status === 0 || status === 408 || status >= 500) return { kind: 'transient', code, ...wait };
  if (status === 401) return { kind: 'refused', code, problem: unauthorized() };
  if (status === 403) return { kind: 'refused', code, problem: refusal(answer, role) };
  if (status === 404 || status === 410) return { kind: 'notFound', code };
  if (status === 400 || status === 405) return { kind: 'notSupported', code };
  return { kind: 'failed', code };
}

function refusal(answer: Answer, role: string): Problem {
  const text = `${answer.code ?? ''} ${answer.message ?? ''}`;
  return /approval/i.test(text) ? approvalRequired() : missingPermission([role]);
}
