import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { UsageError } from './errors.ts';

/** Writes chunks to the file, from its beginning: called again, it starts over. */
export type WriteChunks = (chunks: AsyncIterable<Uint8Array>) => Promise<void>;

/**
 * Saves a file that appears whole or not at all: it is written beside its place under another name,
 * then renamed. A file of that name is replaced.
 *
 * @param produce hands over the content.
 * @throws UsageError when it cannot be written, and what `produce` throws.
 */
export async function saveFile(
  file: string,
  produce: (write: WriteChunks) => Promise<void>,
): Promise<void> {
  const partial = `${file}.${randomUUID()}.part`;
  try {
    await produce((chunks) => pipeline(chunks, createWriteStream(partial, { flush: true })));
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw isFileError(error) ? cannotWrite(file, error) : error;
  }
}

/** Errors of the file system name the path; those of the network do not. */
function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'path' in error && 'syscall' in error;
}

function cannotWrite(file: string, cause: NodeJS.ErrnoException): UsageError {
  return new UsageError(
    `${file} cannot be written (${String(cause.code)}). Name a file in a folder that exists.`,
    { cause },
  );
}
