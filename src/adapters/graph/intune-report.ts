import { z } from 'zod';
import { type ListOptions, callPatiently } from './list-pages.ts';
import type { PatienceOptions } from './listing-patience.ts';

/** A report of Intune, and what is asked of it. Values in the filter are quoted, numbers as well. */
export interface ReportQuery {
  /** Relative to the version. */
  readonly url: string;
  readonly version: 'v1.0' | 'beta';
  readonly select: readonly string[];
  readonly filter: string;
  readonly orderBy?: readonly string[];
}

/** A row by column names; for a column of codes Intune adds one with its text, `Platform_loc`. */
export type ReportRow = ReadonlyMap<string, unknown>;

/** Intune gives no more rows in a call, whatever is asked for. */
const PAGE_SIZE = 50;

const REPORT_TIMEOUT_MS = 30_000;

/** Not OData: cells by position, in an order of Intune's own. */
const pageSchema = z.object({
  TotalRowCount: z.number(),
  Schema: z.array(z.object({ Column: z.string() })),
  Values: z.array(z.array(z.unknown())),
});

/**
 * Reads a report of Intune to its end. Rows that come or go meanwhile move the pages: one may be
 * missed, and one may come twice. Before each wait an empty page is given.
 *
 * @throws ListingError
 */
export async function* readReport(
  options: ListOptions & Pick<PatienceOptions, 'role' | 'problemOf'>,
  { url, version, ...query }: ReportQuery,
): AsyncIterable<readonly ReportRow[]> {
  for (let skip = 0; ;) {
    const body = { ...query, skip, top: PAGE_SIZE };
    const call = { url, version, body, timeoutMs: REPORT_TIMEOUT_MS };
    const page = yield* callPatiently(options, call, (json) => pageSchema.safeParse(json).data);
    const columns = page.Schema.map(({ Column }) => Column);
    yield page.Values.map((cells) => new Map(columns.map((name, place) => [name, cells[place]])));
    skip += page.Values.length;
    if (page.Values.length === 0 || skip >= page.TotalRowCount) return;
  }
}
