import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

/** Bundles the bare app as the real one is bundled, into a folder that the Functions host can run. */
export async function buildBareApp(directory: string): Promise<void> {
  await build({
    entryPoints: [resolve(import.meta.dirname, 'bare-app.ts')],
    outfile: join(directory, 'index.cjs'),
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    external: ['@azure/functions-core'],
    minifySyntax: true,
    minifyWhitespace: true,
    logLevel: 'warning',
  });
  const files = {
    'package.json': { name: 'bare-app', main: 'index.cjs' },
    'host.json': { version: '2.0' },
  };
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(directory, name), JSON.stringify(content));
  }
}
