import { CHUNK_SIZE } from '../../core/batch-step.ts';
import type { Answer } from '../../core/answer.ts';
import type { ListedDevice } from '../../core/device.ts';
import { batchAnswers } from './batch-payload.ts';
import { type ListOptions, callPatiently, prepare } from './list-pages.ts';
import { listingPatience } from './listing-patience.ts';
import { deviceSchema, selectedProperties } from './managed-device.ts';

const BATCH_TIMEOUT_MS = 30_000;

/**
 * Reads devices by their ids, 20 in a JSON `$batch`: of a scope that names its devices nothing else
 * of the fleet is read.
 *
 * @throws ListingError
 */
export async function* getDevicesById(
  options: ListOptions & { readonly role: string },
  ids: readonly string[],
): AsyncIterable<{ found: ListedDevice[]; missing: string[] }> {
  for (let from = 0; from < ids.length; from += CHUNK_SIZE) {
    yield* getChunk(options, ids.slice(from, from + CHUNK_SIZE));
  }
}

/** Asks for a chunk until each of its devices is found or known to be missing. */
async function* getChunk(
  options: ListOptions & { readonly role: string },
  ids: readonly string[],
): AsyncIterable<{ found: ListedDevice[]; missing: string[] }> {
  const again = listingPatience(options);
  let left = ids;
  while (left.length > 0) {
    const answers = yield* asEmpty(askFor(options, left));
    const found: ListedDevice[] = [];
    const missing: string[] = [];
    const failed: { id: string; answer: Answer }[] = [];
    for (const [place, id] of left.entries()) {
      const { answer, body } = answers[place] ?? noAnswer;
      const device = answer.status === 200 ? deviceSchema.safeParse(body).data : undefined;
      if (device !== undefined) found.push(device);
      // 400 is what some Intune endpoints answer for an id that they do not know.
      else if ([400, 404, 410].includes(answer.status)) missing.push(id);
      else failed.push({ id, answer: answer.status === 200 ? noAnswer.answer : answer });
    }
    yield { found, missing };
    left = failed.map(({ id }) => id);
    if (failed.length === 0) return;
    await prepare(options, again(decisive(failed.map(({ answer }) => answer))));
  }
}

/** The answer that says what to do: a refusal, else the one that asks for the longest wait. */
function decisive(answers: readonly Answer[]): Answer {
  const refusal = answers.find(({ status }) => status === 401 || status === 403);
  return (
    refusal ?? answers.reduce((a, b) => ((b.retryAfterMs ?? 0) > (a.retryAfterMs ?? 0) ? b : a))
  );
}

const noAnswer: { answer: Answer; body?: unknown } = {
  answer: { status: 0, code: 'unreadableAnswer' },
};

function askFor(options: ListOptions & { readonly role: string }, ids: readonly string[]) {
  const select = selectedProperties.join(',');
  const requests = ids.map((id, index) => ({
    id: String(index + 1),
    method: 'GET',
    url: `/deviceManagement/managedDevices/${encodeURIComponent(id)}?$select=${select}`,
  }));
  const call = { url: '/$batch', version: 'v1.0', body: { requests }, timeoutMs: BATCH_TIMEOUT_MS };
  return callPatiently(options, call, (json) => batchAnswers(json, ids.length, Date.now()));
}

/** Passes the signs of life of a call on, as chunks that hold nothing. */
async function* asEmpty<Result>(
  steps: AsyncGenerator<unknown, Result>,
): AsyncGenerator<{ found: []; missing: [] }, Result> {
  for (;;) {
    const step = await steps.next();
    if (step.done === true) return step.value;
    yield { found: [], missing: [] };
  }
}
