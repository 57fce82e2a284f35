import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Loads the app's entry files one after the other, as the worker does: `.mjs`, and `.js` in a package
 * of type `module`, by import, everything else by require.
 *
 * @param files absolute paths, in order
 * @param isModulePackage whether the app's package.json says `"type": "module"`
 * @throws whatever the app throws
 */
export async function loadApp(files: readonly string[], isModulePackage: boolean): Promise<void> {
  for (const file of files) {
    const extension = extname(file);
    const isModule = extension === '.mjs' || (extension === '.js' && isModulePackage);
    if (isModule) await import(pathToFileURL(file).href);
    else createRequire(file)(file);
  }
}
