import { writeFile } from 'node:fs/promises';
import { UsageError } from './usage-error.ts';

/**
 * Finds out before a command works for minutes, not after it, that its result cannot be written.
 *
 * @throws UsageError that names the file
 */
export async function checkWritable(file: string): Promise<void> {
  await writeFile(file, '', { flag: 'a' }).catch((cause: unknown) => {
    throw new UsageError(`--json ${file} cannot be written; name a file in a folder that exists.`, {
      cause,
    });
  });
}
