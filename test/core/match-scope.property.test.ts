import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ScopeMatch, compileScope } from '../../src/core/match-scope.ts';
import { startOfTest as now } from '../support/factories.ts';
import { anyGroups, anyScope, anySubject } from './support/any-scope.ts';
import { naiveMatch } from './support/naive-scope.ts';

const anyFleet = fc.array(anySubject, { minLength: 100, maxLength: 100 });

describe('compileScope', () => {
  it('judges 500 generated scopes over generated fleets as a naive reference does', () => {
    const counts: Record<ScopeMatch, number> = { included: 0, excluded: 0, outside: 0 };
    const fields = new Set<string>();
    fc.assert(
      fc.property(anyScope, anyGroups, anyFleet, (scope, groups, fleet) => {
        const context = { now, groups };
        const matchScope = compileScope(scope, context);
        const judged = fleet.map((device) => matchScope(device));
        expect(judged).toEqual(fleet.map((device) => naiveMatch(scope, device, context)));
        for (const match of judged) counts[match] += 1;
        for (const field of [...Object.keys(scope), ...Object.keys(scope.exclude ?? {})])
          fields.add(field);
      }),
      { numRuns: 500 },
    );
    // A generator that hardly ever led to one of the verdicts would prove little. They come by the
    // thousand, so this holds whatever the seed.
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(100);
    expect(fields.size).toBe(18);
  });
});
