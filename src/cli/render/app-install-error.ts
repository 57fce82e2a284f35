import type { AppInstallError } from '../../core/app-install-errors.ts';
import { renderColumns } from './columns.ts';

/** An error of an app install: each fact on a line. */
export function renderAppInstallError(error: AppInstallError): string {
  return renderColumns([
    ['code', `${error.code} (${error.signedCode}, ${error.hex})`],
    ['platforms', error.platforms.join(', ')],
    ['description', error.description],
    ['retryable', error.retryable ? 'yes, a sync tries it again at once' : 'no, not by a sync'],
    ['remedy', error.remedy],
  ]);
}
