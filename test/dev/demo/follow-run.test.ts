import { describe, expect, test } from 'vitest';
import { followRun } from '../../../dev/demo/follow-run.ts';
import { runSchema, type Run } from '../../../dev/demo/run.ts';
import { aRun, aRunningRun } from './a-run.ts';

/** Answers with each of these in turn, and with the last one for ever. */
function answers(...looks: (Run | Error)[]) {
  let look = 0;
  return () => {
    const answer = looks[Math.min(look++, looks.length - 1)];
    return answer instanceof Error || answer === undefined
      ? Promise.reject(answer ?? new Error('no answer'))
      : Promise.resolve(answer);
  };
}

function follow(getRun: () => Promise<Run>, signal = new AbortController().signal) {
  const seen: string[] = [];
  let time = 0;
  const result = followRun({
    getRun,
    onUpdate: ({ status }) => seen.push(status),
    signal,
    intervalMs: 1,
    stallTimeoutMs: 10,
    now: () => time++,
  });
  return { result, seen };
}

describe('followRun', () => {
  test('looks until the run has ended, and reports every look', async () => {
    const { result, seen } = follow(answers(aRunningRun(), aRunningRun(), aRun()));
    expect(await result).toEqual(aRun());
    expect(seen).toEqual(['running', 'running', 'completedWithErrors']);
  });

  test('a look that fails is repeated', async () => {
    const { result } = follow(answers(new Error('502'), aRunningRun(), new Error('502'), aRun()));
    expect(await result).toEqual(aRun());
  });

  test('a run that does not move is given up', async () => {
    const { result } = follow(answers(aRunningRun()));
    await expect(result).rejects.toThrow('The run has not moved for 0.01 s.');
  });

  test('the last failure is the cause when a run cannot be read', async () => {
    const { result } = follow(answers(new Error('HTTP 500')));
    await expect(result).rejects.toMatchObject({ cause: new Error('HTTP 500') });
  });

  test('ends when it is aborted', async () => {
    const { result } = follow(answers(aRunningRun()), AbortSignal.abort(new Error('Ctrl+C')));
    await expect(result).rejects.toThrow('Ctrl+C');
  });
});

describe('a run as the API answers it', () => {
  test('keeps what the demo does not read', () => {
    const answer = { ...aRun(), links: { self: '/api/runs/1' }, verification: [] };
    expect(runSchema.parse(answer)).toEqual(answer);
  });

  test('is refused when a total is missing', () => {
    expect(() => runSchema.parse({ ...aRun(), totals: { success: 1 } })).toThrow('totalDevices');
  });
});
