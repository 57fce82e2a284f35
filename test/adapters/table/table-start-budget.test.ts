import { describe, expect, it } from 'vitest';
import { TableStartBudget } from '../../../src/adapters/table/table-start-budget.ts';
import { startOfTest } from '../../support/factories.ts';
import { aTable, countRequests } from '../../support/storage.ts';

/** Three starts a minute, at a moment that does not pass. */
function aBudget(table = aTable(), at = startOfTest): TableStartBudget {
  const clock = { now: () => at, sleep: () => Promise.resolve() };
  return new TableStartBudget(table, { clock, random: () => 0, startsPerMinute: 3 });
}

describe('a caller', () => {
  it('may start some runs, before there is a table, and then has to wait', async () => {
    const budget = aBudget();
    const waits = [];
    for (let start = 1; start <= 4; start++) waits.push(await budget.draw('functionKey'));
    expect(waits).toEqual([undefined, undefined, undefined, 20_000]);
  });

  it('takes nothing from another, whatever they are called', async () => {
    const budget = aBudget();
    for (const caller of ['a', 'A', 'a/b', 'a?b', 'ä', 'x'.repeat(500)]) {
      expect(await budget.draw(caller)).toBeUndefined();
      expect(await budget.draw(caller)).toBeUndefined();
      expect(await budget.draw(caller)).toBeUndefined();
      expect(await budget.draw(caller)).toBe(20_000);
    }
  });

  it('has one budget on all instances, also at the same moment', async () => {
    const table = aTable();
    const waits = await Promise.all(
      Array.from({ length: 8 }, () => aBudget(aTable(table.tableName)).draw('functionKey')),
    );
    expect(waits.filter((wait) => wait === undefined)).toHaveLength(3);
  });

  it('may start again after the wait', async () => {
    const table = aTable();
    const budget = aBudget(table);
    for (let start = 1; start <= 3; start++) await budget.draw('functionKey');
    expect(await aBudget(table, startOfTest + 20_000).draw('functionKey')).toBeUndefined();
  });

  it('who has to wait is only read', async () => {
    const table = aTable();
    const budget = aBudget(table);
    for (let start = 1; start <= 3; start++) await budget.draw('functionKey');
    const requests = countRequests(table);
    await budget.draw('functionKey');
    expect(requests()).toBe(1);
  });
});
