import { resolve } from 'node:path';
import { runCommand } from './command-line/run-command.ts';
import { renderColumns } from './command-line/render-columns.ts';
import { writePackage } from './deployment/write-package.ts';

const project = resolve(import.meta.dirname, '..');
const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(2)} MB`;

await runCommand({
  call: 'npm run package',
  summary:
    'Builds the app and writes what is deployed, and nothing else, into the folder package.\n' +
    'Deployments take the folder as it is: nothing is installed or built in Azure.',
  options: {},
  run: async () => {
    const files = await writePackage(project, resolve(project, 'package'));
    const zipped = files.reduce((sum, file) => sum + file.zippedSize, 0);
    const rows = files.map(({ path, size }) => [`package/${path}`, megabytes(size)] as const);
    console.log(`${renderColumns(rows)}\n\n${megabytes(zipped)} zipped`);
    return 0;
  },
});
