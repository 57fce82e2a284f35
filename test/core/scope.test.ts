import { describe, expect, it } from 'vitest';
import {
  type Scope,
  areDisjointById,
  groupIdsOf,
  idsOf,
  isEmptyFilter,
  isWholeFleet,
} from '../../src/core/scope.ts';

const upper = 'AAAAAAAA-0000-4000-8000-000000000001';
const lower = upper.toLowerCase();
const other = 'bbbbbbbb-0000-4000-8000-000000000002';

describe('isWholeFleet', () => {
  it.each<[string, Scope]>([
    ['{}', {}],
    ['an empty exclude', { exclude: {} }],
  ])('%s is the whole fleet', (_, scope) => {
    expect(isWholeFleet(scope)).toBe(true);
  });

  it.each<[string, Scope]>([
    ['a field', { platforms: ['windows'] }],
    ['a time bound', { lastSyncOlderThan: 'P30D' }],
    ['an empty list, which no device matches', { deviceIds: [] }],
    ['an exclusion', { exclude: { categories: ['Kiosk'] } }],
  ])('a scope with %s is not', (_, scope) => {
    expect(isWholeFleet(scope)).toBe(false);
  });
});

describe('isEmptyFilter', () => {
  it('is true without a field only', () => {
    expect(isEmptyFilter({})).toBe(true);
    expect(isEmptyFilter({ models: ['Surface'] })).toBe(false);
  });
});

describe('idsOf', () => {
  it('gives the ids in lower case, each once, in the order given', () => {
    expect(idsOf({ deviceIds: [other, upper, lower] })).toEqual([other, lower]);
  });

  it('is undefined when the scope names no device', () => {
    expect(idsOf({ platforms: ['windows'] })).toBeUndefined();
  });

  it('does not take excluded ids for named ones', () => {
    const scope: Scope = { exclude: { deviceIds: [lower] } };
    expect(idsOf(scope)).toBeUndefined();
  });
});

describe('groupIdsOf', () => {
  it('gives the groups of the scope and of its exclude, in lower case, each once', () => {
    const scope: Scope = { groupIds: [upper], exclude: { groupIds: [lower, other] } };
    expect(groupIdsOf(scope)).toEqual([lower, other]);
  });

  it.each<[string, Scope, readonly string[]]>([
    ['none', {}, []],
    ['the scope only', { groupIds: [other] }, [other]],
    ['exclude only', { exclude: { groupIds: [other] } }, [other]],
  ])('takes groups in %s', (_, scope, groupIds) => {
    expect(groupIdsOf(scope)).toEqual(groupIds);
  });
});

describe('areDisjointById', () => {
  it.each<[string, Scope, Scope, boolean]>([
    ['both name ids and share none', { deviceIds: [lower] }, { deviceIds: [other] }, true],
    [
      'both name ids and other fields as well',
      { deviceIds: [lower], platforms: ['windows'] },
      { deviceIds: [other], exclude: { categories: ['Kiosk'] } },
      true,
    ],
    ['they share an id', { deviceIds: [lower, other] }, { deviceIds: [other] }, false],
    ['they share an id in another case', { deviceIds: [lower] }, { deviceIds: [upper] }, false],
    ['one names no id', { deviceIds: [lower] }, { platforms: ['windows'] }, false],
    ['one is the fleet', {}, { deviceIds: [lower] }, false],
    [
      'other fields cannot overlap, but no ids say so',
      { platforms: ['windows'] },
      { platforms: ['macOS'] },
      false,
    ],
    [
      'one excludes what the other names',
      { deviceIds: [lower] },
      { exclude: { deviceIds: [lower] } },
      false,
    ],
  ])('%s', (_, a, b, isDisjoint) => {
    expect([areDisjointById(a, b), areDisjointById(b, a)]).toEqual([isDisjoint, isDisjoint]);
  });
});
