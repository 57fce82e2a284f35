import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { UsageError } from '../command-line/usage-error.ts';

/** How an earlier file of this command is told from one that a person wrote. */
const ownFile = z.object({
  Values: z.object({ IDENTITY_ENDPOINT: z.string().startsWith('http://127.0.0.1:') }),
});

/**
 * Writes settings in the form of `local.settings.json`, which `npm run host` and Core Tools' `func
 * start` read. A file of an earlier environment is replaced; any other file is left alone.
 *
 * @throws UsageError that names the file when it is somebody else's or cannot be written.
 */
export async function writeSettingsFile(
  file: string,
  settings: Readonly<Record<string, string>>,
): Promise<void> {
  if (await isForeign(file)) {
    throw new UsageError(
      `--settings-file ${file} exists and was not written by this command; move it away or name another file.`,
    );
  }
  const content = {
    IsEncrypted: false,
    Values: { FUNCTIONS_WORKER_RUNTIME: 'node', ...settings },
  };
  try {
    // Not for other users of the machine: the identity header is in it.
    await writeFile(file, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  } catch (cause) {
    throw new UsageError(
      `--settings-file ${file} cannot be written; name a file in a folder that exists.`,
      { cause },
    );
  }
}

async function isForeign(file: string): Promise<boolean> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return false;
  try {
    return !ownFile.safeParse(JSON.parse(text)).success;
  } catch {
    return true;
  }
}
