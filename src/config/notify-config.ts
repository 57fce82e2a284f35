import type { WebhookOptions } from '../adapters/notify/webhook-notifier.ts';
import type { Settings } from '../schemas/settings-schema.ts';
import { ownOrigin } from './own-origin.ts';

/** Who is told of runs that ended, and where the app is, for links. */
export type NotifyConfig = Pick<WebhookOptions, 'url' | 'format' | 'appUrl'>;

/** `undefined`: nobody is told. */
export function notifyOf(settings: Settings): NotifyConfig | undefined {
  const { NOTIFY_WEBHOOK_URL: url, NOTIFY_FORMAT: format, WEBSITE_HOSTNAME: host } = settings;
  if (url === undefined) return undefined;
  if (host === undefined) return { url, format };
  return { url, format, appUrl: ownOrigin(host) };
}
