import { baseline, hotPaths } from '../hot-paths/operations.ts';
import { timeOperation } from '../hot-paths/time-operation.ts';
import type { Suite } from '../suite.ts';

/** What the app computes for every chunk, batch and device. */
export const hotPathsSuite: Suite = {
  name: 'hot-paths',
  title: 'Hot paths',
  summary:
    'What is computed for each chunk, batch and device, without any storage or network. The ratio is ' +
    'to the baseline in the same run, which makes machines comparable.',
  mode: 'quick',
  run: ({ isQuick }) => {
    const roundMs = isQuick ? 20 : 200;
    const base = baseline();
    const measured = [base, ...hotPaths()].map(({ name, of, run }) => {
      return { name, microseconds: timeOperation(run, roundMs) / of };
    });
    const baseMicroseconds = measured[0]?.microseconds ?? NaN;
    const rows = measured.map(({ name, microseconds }) => ({
      operation: name,
      µs: microseconds,
      'per s': Math.round(1_000_000 / microseconds),
      'to the baseline': microseconds / baseMicroseconds,
    }));
    return Promise.resolve({ rows, bars: [] });
  },
};
