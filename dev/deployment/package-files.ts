import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type IsIgnored, readIgnoreRules } from './ignore-rules.ts';

/**
 * The files of a project that belong into its deployment package: all but what its `.funcignore`
 * leaves out. Links are not followed.
 *
 * @returns paths relative to the project, with forward slashes, sorted
 * @throws when the project has no `.funcignore`: everything would be deployed
 */
export async function packageFiles(project: string): Promise<string[]> {
  const isIgnored = readIgnoreRules(await readFile(join(project, '.funcignore'), 'utf8'));
  return (await filesBelow(project, '', isIgnored)).toSorted();
}

async function filesBelow(project: string, folder: string, isIgnored: IsIgnored) {
  const files: string[] = [];
  for (const entry of await readdir(join(project, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (isIgnored(path, entry.isDirectory())) continue;
    if (entry.isDirectory()) files.push(...(await filesBelow(project, path, isIgnored)));
    if (entry.isFile()) files.push(path);
  }
  return files;
}
