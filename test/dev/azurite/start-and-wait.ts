import { startAzurite } from '../../../dev/azurite.ts';

/** Starts Azurite, prints its process id, and waits to be killed. */
const [, , keyFile = '', certFile = ''] = process.argv;
const azurite = await startAzurite({ certificateFiles: { keyFile, certFile } });
console.log(azurite.pid);
setInterval(() => undefined, 60_000);
