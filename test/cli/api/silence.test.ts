import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readCsv } from '../../../src/cli/api/read-csv.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Reads a CSV whose chunks come `gapMs` apart while 100 ms of silence are allowed. */
async function readSlowly(gapMs: number) {
  let signal: AbortSignal | null | undefined;
  let left = 5;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      vi.advanceTimersByTime(gapMs);
      left -= 1;
      if (left >= 0) controller.enqueue(Buffer.from('row\n'));
      else controller.close();
    },
  });
  const answer = new Response(body, { headers: { 'content-type': 'text/csv' } });
  let rows = '';
  const read = async (chunks: AsyncIterable<Uint8Array>) => {
    for await (const chunk of chunks) rows += Buffer.from(chunk).toString();
  };
  await readCsv({ method: 'GET', path: '/runs/1/devices' }, read, {
    url: 'http://127.0.0.1',
    credentials: () => Promise.resolve({}),
    context: {
      fetch: (_, init) => {
        signal = init?.signal;
        return Promise.resolve(answer);
      },
      ...{ signal: new AbortController().signal, requestTimeoutMs: 100, now: () => 0 },
      sleep: () => Promise.resolve(),
    },
  });
  return { rows, isGivenUp: signal?.aborted };
}

test('a stream may take longer than the limit as long as something keeps arriving', async () => {
  expect(await readSlowly(60)).toEqual({ rows: 'row\n'.repeat(5), isGivenUp: false });
});

test('a stream that is silent for the limit is given up', async () => {
  expect(await readSlowly(110)).toMatchObject({ isGivenUp: true });
});
