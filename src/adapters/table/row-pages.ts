import type { TableClient, TableEntityQueryOptions, TableEntityResult } from '@azure/data-tables';
import { isNotFound } from './tables.ts';

/** The most rows that the service answers with (Table storage, "Query timeout and pagination"). */
export const MAX_ROWS = 1_000;

/** A row as the service gives it. */
export type Row = TableEntityResult<Record<string, unknown>>;

/**
 * The rows of a query, a page at a time, each of which is fetched once and when it is asked for. Of
 * a table that is not there, none.
 *
 * @param pageSize how many rows the next page is to have, 1 to `MAX_ROWS`; the service may give fewer
 */
export async function* rowPages(
  client: TableClient,
  queryOptions: TableEntityQueryOptions,
  pageSize: () => number,
): AsyncGenerator<readonly Row[]> {
  let continuationToken: string | undefined;
  try {
    do {
      const from = continuationToken === undefined ? {} : { continuationToken };
      const pages = client
        .listEntities({ queryOptions })
        .byPage({ maxPageSize: pageSize(), ...from });
      const next = await pages.next();
      if (next.done === true) return;
      yield next.value;
      ({ continuationToken } = next.value);
    } while (continuationToken !== undefined);
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}
