import type { RetryAfterForm } from './faults.ts';

/**
 * Writes a wait as a Retry-After header. Whole seconds are rounded up, because the server would
 * still refuse a caller that came back a little too early.
 *
 * @returns undefined when the form is `absent`
 */
export function formatRetryAfter(
  form: RetryAfterForm,
  waitMs: number,
  now: number,
): string | undefined {
  const seconds = Math.ceil(waitMs / 1000);
  switch (form) {
    case 'seconds':
      return String(seconds);
    case 'fraction':
      return (waitMs / 1000).toFixed(3);
    case 'date':
      // An HTTP date has no fraction of a second: round the moment up, not down.
      return new Date(Math.ceil((now + waitMs) / 1000) * 1000).toUTCString();
    case 'negative':
      return '-1';
    case 'absurd':
      return '31536000000';
    case 'unreadable':
      return 'soon';
    case 'absent':
      return undefined;
  }
}
