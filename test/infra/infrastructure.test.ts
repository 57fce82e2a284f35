import { describe, expect, it } from 'vitest';
import { describeFinding } from '../../dev/bicep/finding.ts';
import { absent } from '../support/conformance.ts';
import { fitsPublishedTypes } from './support/checks/bicep.ts';
import { checks } from './support/checks/index.ts';
import { readAll } from './support/read-all.ts';

const { sources, read } = await readAll();
const infrastructure = read(sources);

describe.each(Object.entries(checks))('%s', (_, facts) => {
  it.each(Object.entries(facts))('%s', (_, check) => {
    expect(check(infrastructure).map(describeFinding)).toEqual([]);
  });
});

describe('resources', () => {
  it('fit the published types of their API versions', ({ skip }) => {
    if (infrastructure.types === undefined) skip(absent);
    expect(fitsPublishedTypes(infrastructure).map(describeFinding)).toEqual([]);
  });
});
