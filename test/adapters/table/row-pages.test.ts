import { odata } from '@azure/data-tables';
import { expect, it } from 'vitest';
import { type Row, rowPages } from '../../../src/adapters/table/row-pages.ts';
import { createAll } from '../../../src/adapters/table/transactions.ts';
import { collect } from '../../support/collect.ts';
import { aTable, countRequests } from '../../support/storage.ts';

const keysOf = (pages: readonly (readonly Row[])[]) =>
  pages.map((page) => page.map(({ rowKey }) => rowKey));

/** A table with the rows 0 to 9 in the partition `p`. */
async function aTableOfTen() {
  const table = aTable();
  await table.createTable();
  const rows = Array.from({ length: 10 }, (_, number) => ({
    partitionKey: 'p',
    rowKey: String(number),
    isEven: number % 2 === 0,
  }));
  await createAll(table, rows);
  return table;
}

it('gives every row once, in pages as large as is asked for each time', async () => {
  const table = await aTableOfTen();
  const requests = countRequests(table);
  let size = 0;
  const pages = await collect(rowPages(table, {}, () => ++size));
  expect(keysOf(pages)).toEqual([['0'], ['1', '2'], ['3', '4', '5'], ['6', '7', '8', '9']]);
  expect(requests()).toBe(4);
});

it('gives the rows and columns of the query', async () => {
  const query = { filter: odata`isEven eq true and RowKey ge ${'5'}`, select: ['rowKey'] };
  const [page = []] = await collect(rowPages(await aTableOfTen(), query, () => 1_000));
  expect(page.map(({ etag: _etag, ...row }) => row)).toEqual([{ rowKey: '6' }, { rowKey: '8' }]);
});

it('fetches no page that nobody asks for', async () => {
  const table = await aTableOfTen();
  const requests = countRequests(table);
  for await (const _page of rowPages(table, {}, () => 2)) break;
  expect(requests()).toBe(1);
});

it('gives nothing of a table that is not there', async () => {
  expect(await collect(rowPages(aTable(), {}, () => 1))).toEqual([]);
});

it('lets any other failure of the service through', async () => {
  const table = await aTableOfTen();
  await expect(collect(rowPages(table, { filter: 'nonsense (' }, () => 1))).rejects.toThrow();
});
