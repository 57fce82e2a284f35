import { describe, expect, it } from 'vitest';
import { inTransactions } from '../../../src/adapters/table/transactions.ts';

const entities = (count: number, text = '') =>
  Array.from({ length: count }, (_, row) => ({ partitionKey: 'p', rowKey: String(row), text }));
const sizes = (groups: Iterable<unknown[]>) => Array.from(groups, (group) => group.length);

describe('inTransactions', () => {
  it.each([
    [0, []],
    [1, [1]],
    [100, [100]],
    [101, [100, 1]],
    [250, [100, 100, 50]],
  ])('groups %i entities by a hundred', (count, expected) => {
    expect(sizes(inTransactions(entities(count)))).toEqual(expected);
  });

  it('keeps their order', () => {
    const given = entities(201);
    expect([...inTransactions(given)].flat()).toEqual(given);
  });

  it('keeps a transaction below 2 MiB, counted in bytes', () => {
    expect(sizes(inTransactions(entities(5, 'x'.repeat(900_000))))).toEqual([2, 2, 1]);
    expect(sizes(inTransactions(entities(5, '€'.repeat(300_000))))).toEqual([2, 2, 1]);
  });

  it('gives an entity that is larger than that a transaction of its own', () => {
    expect(sizes(inTransactions(entities(2, 'x'.repeat(3_000_000))))).toEqual([1, 1]);
  });
});
