import { z } from 'zod';
import { BadRequest } from '../graph/bad-request.ts';
import { parseFilter, type Filter } from '../odata/parse-filter.ts';
import { resolveProperty } from '../odata/parse-select.ts';
import { describeIssues } from '../parse-option.ts';
import type { Report } from './report.ts';

/** The most rows of a page, whatever is asked for, and the default. */
export const reportPageLimit = 50;

const bodySchema = z.strictObject({
  select: z.array(z.string()).default([]),
  filter: z.string().default(''),
  orderBy: z.array(z.string()).default([]),
  skip: z.int().min(0).default(0),
  top: z.int().min(1).default(reportPageLimit),
});

/** What a body asks of a report. */
export interface ReportQuery {
  /** Names of columns in the report's own spelling; never empty. */
  select: readonly string[];
  /** Absent for all rows. Its columns and values have yet to be checked. */
  filter: Filter | undefined;
  /** Each a column, alone or with `asc` or `desc`; yet to be checked. */
  orderBy: readonly string[];
  /** How many rows to leave out at the beginning. */
  skip: number;
  /** How many rows to return at most, 1 to 50. */
  top: number;
}

/**
 * Reads the body of a report. The parameters that exist besides (`name`, `search`, `groupBy`,
 * `sessionId`) are refused, since they are not simulated.
 *
 * @param body undefined for none, which asks for everything
 * @throws BadRequest that names the bad field
 */
export function parseReportQuery(body: unknown, { columns, name }: Report<never>): ReportQuery {
  const parsed = bodySchema.safeParse(body ?? {});
  if (!parsed.success) throw new BadRequest(describeIssues('body', parsed.error));
  const { select, filter, orderBy, skip, top } = parsed.data;
  return {
    select:
      select.length === 0
        ? [...columns.keys()]
        : select.map((column) => resolveProperty(column, columns, name)),
    filter: filter.trim() === '' ? undefined : parseFilter(filter),
    orderBy,
    skip,
    top: Math.min(top, reportPageLimit),
  };
}
