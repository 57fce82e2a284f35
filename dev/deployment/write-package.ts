import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import { packageFiles } from './package-files.ts';

const compress = promisify(deflateRaw);

/** A file of a deployment package. */
export interface PackagedFile {
  /** Relative to the package, with forward slashes. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** What it takes in the zip file that is uploaded, in bytes, without its entry in the directory. */
  readonly zippedSize: number;
}

/**
 * Writes the deployment package of a built project into a folder, as deployments take it. What was in
 * the folder before is removed, so that no file of an older build is deployed.
 *
 * @throws when the project is not built, or has no `.funcignore`
 */
export async function writePackage(project: string, folder: string): Promise<PackagedFile[]> {
  const paths = await packageFiles(project);
  if (!paths.includes('dist/index.cjs')) {
    throw new Error('dist/index.cjs does not exist; make it with: npm run build');
  }
  await rm(folder, { recursive: true, force: true });
  return Promise.all(
    paths.map(async (path) => {
      const content = await readFile(join(project, path));
      await cp(join(project, path), join(folder, path));
      const { length: zippedSize } = await compress(content);
      return { path, size: content.length, zippedSize };
    }),
  );
}
