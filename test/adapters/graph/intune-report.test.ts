import { describe, expect, it } from 'vitest';
import { type ReportQuery, readReport } from '../../../src/adapters/graph/intune-report.ts';
import { appInstallsUnread } from '../../../src/core/problems.ts';
import { collect } from '../../support/collect.ts';
import { type Turn, aGraph } from './support/a-graph.ts';

const query: ReportQuery = {
  version: 'beta',
  url: '/deviceManagement/reports/getBells',
  select: ['Tower', 'Weight'],
  filter: "(Weight gt '5')",
};

/** A page of a report of so many rows; the columns come in Intune's order. */
function page(total: number, ...rows: unknown[][]): Turn {
  const Schema = ['Weight', 'Tower', 'Tower_loc'].map((Column) => ({ Column, PropertyType: 'x' }));
  return { body: { TotalRowCount: total, Schema, Values: rows, SessionId: '' } };
}

/** A bell of so many kg in a page. */
const bell = (weight: number) => [weight, 'n', 'North'];

/** The report that is read from these answers, and what was asked. */
async function reading(...turns: Turn[]) {
  const graph = await aGraph(...turns);
  const policy = { maxRetries: 1, initialDelayMs: 1, maxDelayMs: 1 };
  const options = { ...graph, random: () => 1, policy, role: 'Bells.Read' };
  const pages = () => collect(readReport({ ...options, problemOf: appInstallsUnread }, query));
  return { pages, requests: graph.requests };
}

describe('a report of Intune', () => {
  it('is asked for what is needed, 50 rows at a time', async () => {
    const { pages, requests } = await reading(page(1, bell(7)));
    await pages();

    expect(
      requests.map(({ method, url, body }) => [method, url, JSON.parse(body) as unknown]),
    ).toEqual([
      [
        'POST',
        '/beta/deviceManagement/reports/getBells',
        { select: ['Tower', 'Weight'], filter: "(Weight gt '5')", skip: 0, top: 50 },
      ],
    ]);
  });

  it('has its cells by the names of their columns, whatever their order', async () => {
    const { pages } = await reading(page(1, bell(7)));
    const [[row] = []] = await pages();

    expect(Object.fromEntries(row ?? [])).toEqual({ Weight: 7, Tower: 'n', Tower_loc: 'North' });
  });

  it('is read page by page, by how many rows have come, to the number it tells', async () => {
    const { pages, requests } = await reading(page(3, bell(7), bell(8)), page(3, bell(9)));
    const weights = (await pages()).flat().map((row) => row.get('Weight'));

    expect(weights).toEqual([7, 8, 9]);
    expect(requests.map(({ body }) => (JSON.parse(body) as { skip: number }).skip)).toEqual([0, 2]);
  });

  it('that has fewer rows than it tells ends with its first empty page', async () => {
    const { pages, requests } = await reading(page(9, bell(7)), page(9));

    expect((await pages()).flat()).toHaveLength(1);
    expect(requests).toHaveLength(2);
  });

  it('gives an empty page before it waits', async () => {
    const { pages } = await reading({ status: 503 }, page(1, bell(7)));

    expect((await pages()).map((rows) => rows.length)).toEqual([0, 1]);
  });

  it.each([
    [{ status: 400 }, 'status 400'],
    [{ status: 200, body: { value: [] } }, 'no answer (unreadableAnswer)'],
    [{ status: 200, body: '<html>' }, 'no answer (unreadableAnswer)'],
  ])('that comes as %j is given up, with a problem of its own', async (turn, why) => {
    const { pages } = await reading(turn);
    const detail = expect.stringContaining(why) as string;

    await expect(pages()).rejects.toMatchObject({ problem: { code: 'appInstallsUnread', detail } });
  });
});
