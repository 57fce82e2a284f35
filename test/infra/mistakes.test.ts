import { describe, expect, it } from 'vitest';
import { describeFinding } from '../../dev/bicep/finding.ts';
import { absent } from '../support/conformance.ts';
import { fitsPublishedTypes } from './support/checks/bicep.ts';
import { checks } from './support/checks/index.ts';
import { mistakesAgainstPolicy } from './support/mistakes/against-policy.ts';
import { mistakesBetweenThem } from './support/mistakes/between-infrastructure-and-code.ts';
import { mistakesInAlerts } from './support/mistakes/in-alerts.ts';
import { mistakesInTheLanguage } from './support/mistakes/in-the-language.ts';
import { mistakesInTypes } from './support/mistakes/in-types.ts';
import { type Mistake, make } from './support/mutate.ts';
import { type Sources, readAll } from './support/read-all.ts';

const { sources, read } = await readAll();
const { types } = read(sources);

/** Everything that all checks find. */
function findAll(changed: Sources): string[] {
  const infrastructure = read(changed);
  const all = Object.values(checks).flatMap((facts) => Object.values(facts));
  return [...all, fitsPublishedTypes].flatMap((check) =>
    check(infrastructure).map(describeFinding),
  );
}

const before = findAll(sources);

/** What is found because of the mistake, and of nothing else. */
function findNew(mistake: Mistake): string[] {
  return findAll(make(mistake, sources)).filter((finding) => !before.includes(finding));
}

function expectCaught(mistake: Mistake): void {
  const { where, caught } = mistake;
  expect(findNew(mistake)).toContainEqual(
    expect.toSatisfy((finding: string) => finding.startsWith(where) && finding.includes(caught)),
  );
}

describe('it is noticed when', () => {
  it.each([
    ...mistakesInTheLanguage,
    ...mistakesAgainstPolicy,
    ...mistakesInAlerts,
    ...mistakesBetweenThem,
  ])('$mistake', expectCaught);

  it.for(mistakesInTypes)('$mistake', (mistake, { skip }) => {
    if (types === undefined) skip(absent);
    expectCaught(mistake);
  });
});
