import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writePackage } from '../../../dev/deployment/write-package.ts';

let root: string;
let project: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'fleet-sync-write-package-'));
  project = join(root, 'project');
  await mkdir(join(project, 'dist'), { recursive: true });
  await mkdir(join(project, 'src'));
  await writeFile(join(project, '.funcignore'), '*\n!dist/\n!dist/**\n');
  await writeFile(join(project, 'src/index.ts'), 'source');
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('writePackage', () => {
  it('copies what is not ignored, and says what it takes', async () => {
    await writeFile(join(project, 'dist/index.cjs'), 'x'.repeat(1_000));
    const files = await writePackage(project, join(root, 'package'));
    expect(files).toEqual([
      { path: 'dist/index.cjs', size: 1_000, zippedSize: expect.any(Number) as number },
    ]);
    expect(files[0]?.zippedSize).toBeLessThan(100);
    expect(await readdir(join(root, 'package'), { recursive: true })).toEqual(
      expect.arrayContaining(['dist', join('dist', 'index.cjs')]),
    );
  });

  it('removes what was in the folder before', async () => {
    await writeFile(join(project, 'dist/index.cjs'), '');
    await mkdir(join(root, 'package'));
    await writeFile(join(root, 'package/old.cjs'), '');
    await writePackage(project, join(root, 'package'));
    expect(await readdir(join(root, 'package'))).toEqual(['dist']);
  });

  it.skipIf(process.platform === 'win32')('follows no link out of the project', async () => {
    await writeFile(join(project, 'dist/index.cjs'), '');
    await symlink(join(project, 'src'), join(project, 'dist/linked'));
    const files = await writePackage(project, join(root, 'package'));
    expect(files.map(({ path }) => path)).toEqual(['dist/index.cjs']);
  });

  it('of a project that is not built says what to do, and removes nothing', async () => {
    await mkdir(join(root, 'package'));
    await writeFile(join(root, 'package/old.cjs'), '');
    const written = writePackage(project, join(root, 'package'));
    await expect(written).rejects.toThrow('make it with: npm run build');
    expect(await readdir(join(root, 'package'))).toEqual(['old.cjs']);
  });
});
