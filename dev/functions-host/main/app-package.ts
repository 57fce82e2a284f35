import { globSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ConfigurationError } from '../settings/configuration-error.ts';
import { readJsonFile } from '../settings/read-json-file.ts';

/** What package.json says about an app. */
export interface AppPackage {
  name: string;
  /** Absolute paths of the files `main` names; it may be a glob, as on Azure. */
  entryFiles: string[];
  isModulePackage: boolean;
}

const schema = z.object({
  name: z.string().default('app'),
  main: z.string('"main" must name the entry file of the app'),
  type: z.string().optional(),
});

/**
 * Reads which files an app consists of.
 *
 * @throws ConfigurationError when package.json or the entry file is missing
 */
export async function readAppPackage(appDirectory: string): Promise<AppPackage> {
  const path = join(appDirectory, 'package.json');
  const parsed = schema.safeParse(await readJsonFile(path));
  if (!parsed.success) {
    const reason = parsed.error.issues[0]?.message ?? 'cannot be read';
    throw new ConfigurationError(`${path}: ${reason}`);
  }
  const { name, main, type } = parsed.data;
  const entryFiles = globSync(main, { cwd: appDirectory }).sort();
  if (entryFiles.length === 0) {
    throw new ConfigurationError(`${main} does not exist; make it with: npm run build`);
  }
  return {
    name,
    entryFiles: entryFiles.map((file) => join(appDirectory, file)),
    isModulePackage: type === 'module',
  };
}
