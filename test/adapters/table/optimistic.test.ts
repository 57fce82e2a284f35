import { RestError } from '@azure/data-tables';
import { describe, expect, it } from 'vitest';
import { optimistically } from '../../../src/adapters/table/optimistic.ts';
import { startOfTest } from '../../support/factories.ts';

const refused = (statusCode: number) => new RestError('refused', { statusCode });

/** Attempts that meet these failures, one after the other, before they succeed. */
async function attempts(failures: readonly Error[], random = () => 0.5) {
  const sleeps: number[] = [];
  const sleep = (ms: number) => Promise.resolve(void sleeps.push(ms));
  let calls = 0;
  const attempt = () => {
    const failure = failures[calls++];
    return failure === undefined ? Promise.resolve('done') : Promise.reject(failure);
  };
  const clock = { now: () => startOfTest, sleep };
  const result = await optimistically(attempt, { clock, random }).catch((error: unknown) => error);
  return { result, calls, sleeps };
}

describe('a write that others may be faster at', () => {
  it('is made once when nobody is', async () => {
    expect(await attempts([])).toEqual({ result: 'done', calls: 1, sleeps: [] });
  });

  it.each([
    ['the row was changed', 412],
    ['the row was created', 409],
  ])('is made again after a pause when %s', async (_, status) => {
    const lost = [refused(status), refused(status)];
    expect(await attempts(lost)).toEqual({ result: 'done', calls: 3, sleeps: [50, 50] });
  });

  it('pauses for a random time below 100 ms, so that the same writers do not meet again', async () => {
    const randoms = [0, 0.25, 0.99];
    const lost = randoms.map(() => refused(412));
    const { sleeps } = await attempts(lost, () => randoms.shift() ?? 0);
    expect(sleeps).toEqual([0, 25, 99]);
  });

  it('gives up at its 60th attempt, with the last refusal', async () => {
    const lost = Array.from({ length: 60 }, () => refused(412));
    const { result, calls, sleeps } = await attempts(lost);
    expect(result).toBe(lost.at(-1));
    expect({ calls, pauses: sleeps.length }).toEqual({ calls: 60, pauses: 59 });
  });

  it('gets through at its 60th attempt', async () => {
    const lost = Array.from({ length: 59 }, () => refused(412));
    expect(await attempts(lost)).toMatchObject({ result: 'done', calls: 60 });
  });

  it.each([
    ['storage is busy', refused(503)],
    ['the row is gone', refused(404)],
    ['the change itself fails', new Error('a fault')],
  ])('is not made again when %s', async (_, failure) => {
    expect(await attempts([failure])).toEqual({ result: failure, calls: 1, sleeps: [] });
  });
});
