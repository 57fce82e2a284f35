import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { readListeningAddresses } from '../../dev/azurite/listening-address.ts';

/** Azurite over plain HTTP, reached by connection string: enough where identity is not the subject. */
export interface PlainAzurite {
  connectionString: string;
  close: () => Promise<void>;
}

/** The account and key every Azurite knows; they are published and open nothing else. */
const ACCOUNT = 'devstoreaccount1';
const KEY =
  'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/** Starts an Azurite in memory on free ports. */
export async function startPlainAzurite(): Promise<PlainAzurite> {
  const script = createRequire(import.meta.url).resolve('azurite/dist/src/azurite.js');
  const watchParent = new URL('../../dev/azurite/end-with-parent.ts', import.meta.url).href;
  const ports = ['--blobPort', '0', '--queuePort', '0', '--tablePort', '0'];
  const rest = ['--inMemoryPersistence', '--silent', '--disableTelemetry', '--skipApiVersionCheck'];
  const child = spawn(process.execPath, ['--import', watchParent, script, ...ports, ...rest], {
    cwd: tmpdir(),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const exited = once(child, 'exit');
  const { Blob, Queue, Table } = await readListeningAddresses(child, 20_000);
  return {
    connectionString: [
      `DefaultEndpointsProtocol=http;AccountName=${ACCOUNT};AccountKey=${KEY}`,
      `BlobEndpoint=${Blob}/${ACCOUNT}`,
      `QueueEndpoint=${Queue}/${ACCOUNT}`,
      `TableEndpoint=${Table}/${ACCOUNT}`,
    ].join(';'),
    async close() {
      // It would wait for open connections, and has nothing to save.
      child.kill('SIGKILL');
      await exited;
    },
  };
}
