import type { RunNotice } from '../../core/notice.ts';
import { parseRetryAfter } from '../../core/retry-after.ts';
import { type Clock, type Notifier, NotifyError } from '../../use-cases/ports.ts';
import { adaptiveCard } from './adaptive-card.ts';
import { jsonNotice } from './json-notice.ts';

/** How a notice is written, by the value of `NOTIFY_FORMAT`. */
const formats = { adaptiveCard, json: jsonNotice } as const;

export type NoticeFormat = keyof typeof formats;

export interface WebhookOptions {
  /** Where notices go, a secret. */
  readonly url: string;
  readonly format: NoticeFormat;
  /** The app's own address, without a path; absent: a notice has no link. */
  readonly appUrl?: string;
  readonly clock: Pick<Clock, 'now'>;
  /** How long an attempt may take, ms. Default: 5,000, well within the monitor's pace. */
  readonly timeoutMs?: number;
}

/** Posts notices to the webhook of the setting, and nowhere else: a redirect is not followed. */
export class WebhookNotifier implements Notifier {
  readonly #options: WebhookOptions;

  constructor(options: WebhookOptions) {
    this.#options = options;
  }

  async notify(notice: RunNotice): Promise<void> {
    const { format, appUrl, clock } = this.#options;
    const link = appUrl === undefined ? undefined : `${appUrl}/api/runs/${notice.runId}`;
    const response = await this.#post(formats[format](notice, link));
    if (response.ok) return;
    const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'), clock.now());
    throw new NotifyError(`status ${response.status}`, retryAfterMs);
  }

  /** The failed call's own error names the address, so it is not passed on. */
  async #post(body: object): Promise<Response> {
    const { url, timeoutMs = 5_000 } = this.#options;
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      // What it says beside its status is of no use; a failure to throw that away is none.
      await response.body?.cancel().catch(() => undefined);
      return response;
    } catch {
      throw new NotifyError('no answer');
    }
  }
}
