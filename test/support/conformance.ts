import { existsSync, readFileSync } from 'node:fs';

const folder = new URL('../../../shared/conformance/', import.meta.url);

/**
 * Data of others to check against, which is not part of the project. A test that needs it skips
 * with a message where it is absent:
 * `const roles = conformance('graph/graph-app-roles.json') ?? skip(absent)`.
 *
 * @returns the parsed file, or `undefined` when it is not there
 */
export function conformance(path: string): unknown {
  const file = new URL(path, folder);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as unknown) : undefined;
}

/** What such a test says when it skips. */
export const absent = 'the conformance data is not beside the project (../shared/conformance)';
