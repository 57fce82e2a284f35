import { chmod, rm, stat } from 'node:fs/promises';
import { type BuildOptions, type Plugin, build } from 'esbuild';

/**
 * Bundles the app into `dist`. CommonJS because an ESM bundle fails to load in the Functions worker;
 * `@azure/functions-core` stays outside because the host supplies it.
 *
 * `applicationinsights` is a file of its own, three times as large as the rest: the app loads it when
 * it first emits, so that no cold start pays for it. `cli.cjs` is for operators' machines and is not
 * deployed.
 */
const common = {
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  external: ['@azure/functions-core'],
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
} as const satisfies BuildOptions;

const telemetryApart: Plugin = {
  name: 'telemetry-apart',
  setup(build) {
    build.onResolve({ filter: /^applicationinsights$/ }, () => ({
      path: './applicationinsights.cjs',
      external: true,
    }));
  },
};

await rm('dist', { recursive: true, force: true });
await Promise.all([
  build({
    ...common,
    entryPoints: ['src/index.ts'],
    outfile: 'dist/index.cjs',
    plugins: [telemetryApart],
  }),
  build({
    ...common,
    entryPoints: ['src/cli/main.ts'],
    outfile: 'dist/cli.cjs',
    banner: { js: '#!/usr/bin/env node' },
    external: [],
  }),
  build({
    ...common,
    stdin: { contents: "export { TelemetryClient } from 'applicationinsights';", resolveDir: '.' },
    outfile: 'dist/applicationinsights.cjs',
    minifyIdentifiers: true,
  }),
]);

await chmod('dist/cli.cjs', 0o755);

if (!process.argv.includes('--quiet')) {
  for (const file of ['dist/index.cjs', 'dist/applicationinsights.cjs', 'dist/cli.cjs']) {
    const { size } = await stat(file);
    console.log(`${file.padEnd(30)} ${(size / 1024 / 1024).toFixed(2).padStart(5)} MB`);
  }
}
