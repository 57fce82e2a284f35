import { ApiError } from '../errors.ts';
import { plainText } from './plain-text.ts';
import { renderSeconds } from './time.ts';

/** A failure as `--json` prints it; `errors` name the fields of a request that cannot be used. */
export interface ErrorDocument {
  message: string;
  exitCode: number;
  status?: number;
  title?: string;
  errors?: readonly { path: string; message: string }[];
}

/** A failure for people: the app's title, its detail, and each field that is wrong. */
export function renderError(error: Error): string {
  if (!(error instanceof ApiError)) return error.message.split('\n').map(plainText).join('\n');
  const { title, detail, errors = [] } = error.problem;
  return [
    `${title} (HTTP ${error.status})`,
    ...(detail === undefined ? [] : [detail]),
    ...errors.map(({ path, message }) => `  ${path === '' ? 'the body' : path}: ${message}`),
    ...renderRetryAfter(error),
  ]
    .map(plainText)
    .join('\n');
}

/** A failure for programs. */
export function errorDocument(error: Error, exitCode: number): ErrorDocument {
  const { message } = error;
  if (!(error instanceof ApiError)) return { message, exitCode };
  const { title, errors } = error.problem;
  const { status } = error;
  return { message, exitCode, status, title, ...(errors === undefined ? {} : { errors }) };
}

function renderRetryAfter({ retryAfterMs }: ApiError): string[] {
  return retryAfterMs === undefined ? [] : [`Try again in ${renderSeconds(retryAfterMs / 1000)}.`];
}
