import { expect, it } from 'vitest';
import type { SuiteContext } from '../../bench/suite.ts';
import { runTogether } from '../../bench/support/run-together.ts';

const context: SuiteContext = {
  isQuick: true,
  isLong: false,
  signal: new AbortController().signal,
  log: () => undefined,
  onStep: () => undefined,
};

it('gives the results of all parts, in their order', async () => {
  const results = await runTogether(context, () => [Promise.resolve(1), Promise.resolve('two')]);
  expect(results).toEqual([1, 'two']);
});

it('stops the other parts when one fails, and throws its error after they have ended', async () => {
  const ended: string[] = [];
  const waiting = ({ signal }: SuiteContext) =>
    new Promise<void>((_, reject) => {
      signal.addEventListener('abort', () => {
        ended.push('the other part');
        reject(new Error('stopped'));
      });
    });
  const failing = () => Promise.reject(new Error('no storage'));
  const together = runTogether(context, (part) => [waiting(part), failing()]);
  await expect(together).rejects.toThrow('no storage');
  expect(ended).toEqual(['the other part']);
});
