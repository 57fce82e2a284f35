import { rm } from 'node:fs/promises';
import { build } from 'esbuild';

/**
 * Bundles the app to one CommonJS file, `dist/index.cjs`. CommonJS because an ESM bundle fails to
 * load in the Functions worker; `@azure/functions-core` stays outside because the host supplies it.
 */
await rm('dist', { recursive: true, force: true });
const result = await build({
  entryPoints: ['src/index.ts'],
  outfile: 'dist/index.cjs',
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  external: ['@azure/functions-core'],
  minifySyntax: true,
  minifyWhitespace: true,
  keepNames: false,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
});

if (!process.argv.includes('--quiet')) {
  const bytes = result.metafile.outputs['dist/index.cjs']?.bytes ?? 0;
  console.log(`dist/index.cjs  ${(bytes / 1024 / 1024).toFixed(2)} MB`);
}
