import { readFile } from 'node:fs/promises';
import { UsageError } from '../errors.ts';

/**
 * Reads a file of text: UTF-8, or UTF-16 when it begins with that byte order mark, as spreadsheets
 * save "Unicode text".
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
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}
