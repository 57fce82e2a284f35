import { readFile } from 'node:fs/promises';
import { UsageError } from '../errors.ts';

/**
 * Reads a file of text: UTF-8, or UTF-16 when it begins with that byte order mark, as spreadsheets
 * save "Unicode text". Anything else is refused: with its letters guessed, a name of the list would
 * match no device, and one that is to be left out would not be.
 *
 * @param option the option that names the file, for messages
 * @throws UsageError when it cannot be read
 */
export async function readTextFile(option: string, file: string): Promise<string> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    const { code = '' } = cause as NodeJS.ErrnoException;
    throw new UsageError(`${option} ${file} cannot be read (${code}). Name a file that exists.`, {
      cause,
    });
  });
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new UsageError(
      `${option} ${file} is not text in UTF-8. Save it as "CSV UTF-8", or as text in UTF-8.`,
      { cause },
    );
  }
}
