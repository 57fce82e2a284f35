import type { RunNotice } from '../../core/notice.ts';

/**
 * A notice as plain JSON; times are ISO 8601.
 *
 * @param link where the run is found, if that is known
 */
export function jsonNotice(notice: RunNotice, link: string | undefined): object {
  return {
    ...notice,
    createdAt: new Date(notice.createdAt).toISOString(),
    completedAt: new Date(notice.completedAt).toISOString(),
    ...(link === undefined ? {} : { link }),
  };
}
