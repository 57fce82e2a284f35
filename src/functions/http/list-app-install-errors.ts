import type { HttpHandler } from '@azure/functions';
import { appInstallErrors } from '../../core/app-install-errors.ts';
import { httpHandler } from './http-handler.ts';

/** `GET /reference/app-install-errors`: which failed app installs a sync tries again, and why not. */
export function listAppInstallErrorsHandler(): HttpHandler {
  return httpHandler(() => Promise.resolve({ jsonBody: { value: appInstallErrors } }));
}
