import { type GroupMembers, type ScopeSubject, compileScope } from '../../src/core/match-scope.ts';
import type { Scope } from '../../src/core/scope.ts';
import type { Bar } from '../bar.ts';
import type { Suite } from '../suite.ts';
import { createGarbageCollector } from '../support/collect-garbage.ts';
import { median } from '../support/median.ts';
import { groupsOf, now, scopeSubjects } from '../support/scope-subjects.ts';
import { costlyScopes } from '../support/scopes.ts';

/** The bars, for each device. A copy of the fleet would hold at least a pointer of 8 bytes. */
const MAX_MICROSECONDS = 10;
const MAX_HELD_BYTES = 8;
const ROUNDS = 5;

/** What the costliest scopes take to judge a fleet, and what they hold afterwards. */
export const scope: Suite = {
  name: 'scope',
  title: 'Judging a fleet by a scope',
  summary:
    `The median time of ${ROUNDS} rounds, and the most heap that is held afterwards, of scopes with ` +
    'every field and with the longest lists that a request may have.',
  mode: 'full',
  run: () => Promise.resolve(measure(100_000)),
};

function measure(devices: number) {
  const fleet = scopeSubjects(devices);
  const groups = groupsOf(fleet);
  const collectGarbage = createGarbageCollector();
  const rows = Object.entries(costlyScopes(fleet)).map(([name, one]) => {
    const rounds = Array.from({ length: ROUNDS }, () => judge(fleet, one, groups, collectGarbage));
    const held = Math.max(...rounds.map(({ heldMegabytes }) => heldMegabytes));
    const { included = 0, excluded = 0, outside = 0 } = rounds[0]?.counts ?? {};
    return {
      scope: name,
      ms: median(rounds.map(({ ms }) => ms)),
      'held MB': held,
      included,
      excluded,
      outside,
    };
  });
  return { rows, bars: rows.flatMap((row) => barsOf(row.scope, row.ms, row['held MB'], devices)) };
}

function barsOf(name: string, ms: number, held: number, devices: number): Bar[] {
  const time = { value: ms, bound: (MAX_MICROSECONDS * devices) / 1_000, unit: 'ms' };
  const heap = { value: held, bound: (MAX_HELD_BYTES * devices) / 1_000_000, unit: 'MB' };
  return [
    { name: `time to judge, ${name}`, ...time, isAtMost: true },
    { name: `heap held by, ${name}`, ...heap, isAtMost: true },
  ];
}

/** Compiles the scope, judges every device, and measures the heap with the compiled scope alive. */
function judge(
  fleet: readonly ScopeSubject[],
  scope: Scope,
  groups: ReadonlyMap<string, GroupMembers>,
  collectGarbage: () => void,
) {
  const counts = { included: 0, excluded: 0, outside: 0 };
  const startedAt = performance.now();
  const matchScope = compileScope(scope, { now, groups });
  const compiledAt = performance.now();
  collectGarbage();
  const heapBefore = process.memoryUsage().heapUsed;
  const judgingAt = performance.now();
  for (const device of fleet) counts[matchScope(device)] += 1;
  const judgedAt = performance.now();
  collectGarbage();
  const heldMegabytes = (process.memoryUsage().heapUsed - heapBefore) / 1_000_000;
  return { ms: compiledAt - startedAt + (judgedAt - judgingAt), heldMegabytes, counts };
}
