import { readFile } from 'node:fs/promises';
import { ConfigurationError } from './configuration-error.ts';

/**
 * Reads a JSON file; a byte order mark at its start is allowed, as editors on Windows write one.
 *
 * @returns the value, or undefined when the file does not exist
 * @throws ConfigurationError naming the file when it is not JSON
 */
export async function readJsonFile(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new ConfigurationError(`${path} is not JSON: ${String(error)}`, { cause: error });
  }
}
