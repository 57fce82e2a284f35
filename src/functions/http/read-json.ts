import type { HttpRequest } from '@azure/functions';
import { JsonError, parseJson } from './parse-json.ts';
import { HttpProblem } from './problem.ts';
import { readText } from './read-text.ts';

/** `application/json`, with no parameter but the one encoding that JSON has (RFC 8259, section 8.1). */
const JSON_TYPE = /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i;

/**
 * The body as JSON, `undefined` when there is none.
 *
 * @param limitBytes what it may weigh
 * @throws HttpProblem 400, 413, 415
 */
export async function readJson(request: HttpRequest, limitBytes: number): Promise<unknown> {
  const text = await readText(request, limitBytes);
  if (text.trim() === '') return undefined;
  checkHeaders(request);
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new HttpProblem(400, `The body ${error.message}.`, {
      errors: [{ path: '', message: 'must be a JSON object, for example {"reason": "drill"}' }],
    });
  }
}

/** @throws HttpProblem 415 */
function checkHeaders({ headers }: HttpRequest): void {
  if (!JSON_TYPE.test(headers.get('content-type') ?? '')) {
    throw new HttpProblem(415, 'Send the body as JSON, with Content-Type: application/json.');
  }
  if ((headers.get('content-encoding') ?? 'identity').toLowerCase() !== 'identity') {
    throw new HttpProblem(415, 'Send the body as it is, without Content-Encoding.');
  }
}
