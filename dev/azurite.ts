import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { readAccessLog, type StorageRequest } from './azurite/access-log.ts';
import { readListeningAddresses } from './azurite/listening-address.ts';
import type { CertificateFiles } from './certificate.ts';

export type { StorageRequest } from './azurite/access-log.ts';

/** What Azurite can be told. */
export interface AzuriteOptions {
  /** For HTTPS, without which the Azure SDKs refuse to send a token. */
  certificateFiles: CertificateFiles;
  /** Where data is kept, so that it outlives the process. Default: in memory. */
  directory?: string;
  /** Called for each request that was answered. Default: Azurite does not even log them. */
  onRequest?: (request: StorageRequest) => void;
  /** How long the start may take, in milliseconds. Default 20,000. */
  startTimeoutMs?: number;
}

/** A running Azurite. The three addresses end in `/devstoreaccount1`. */
export interface Azurite {
  blobServiceUri: string;
  queueServiceUri: string;
  tableServiceUri: string;
  /** The process, for tests that end it the hard way. */
  pid: number;
  /** Ends the process and resolves when it is gone; closing twice does nothing. */
  close: () => Promise<void>;
}

/** The time a process gets to end by itself before it is killed, in milliseconds. */
const gracePeriodMs = 3_000;

/**
 * Starts Azurite, Microsoft's storage emulator, as a child process over HTTPS with OAuth, on free
 * ports. It ends with this process, however that ends.
 *
 * @throws Error with Azurite's own words when it does not start.
 */
export async function startAzurite(options: AzuriteOptions): Promise<Azurite> {
  const child = spawnAzurite(options);
  if (options.onRequest !== undefined) readAccessLog(child, options.onRequest);
  try {
    const address = await readListeningAddresses(child, options.startTimeoutMs ?? 20_000);
    return {
      blobServiceUri: `${address.Blob}/devstoreaccount1`,
      queueServiceUri: `${address.Queue}/devstoreaccount1`,
      tableServiceUri: `${address.Table}/devstoreaccount1`,
      pid: child.pid ?? 0,
      close: () => endProcess(child, options.directory === undefined),
    };
  } catch (error) {
    await endProcess(child, true);
    throw error;
  }
}

function spawnAzurite({ certificateFiles, directory, onRequest }: AzuriteOptions): ChildProcess {
  const script = createRequire(import.meta.url).resolve('azurite/dist/src/azurite.js');
  const watchParent = new URL('./azurite/end-with-parent.ts', import.meta.url).href;
  const ports = ['--blobPort', '0', '--queuePort', '0', '--tablePort', '0'];
  const tls = ['--cert', certificateFiles.certFile, '--key', certificateFiles.keyFile];
  const place = directory === undefined ? ['--inMemoryPersistence'] : ['--location', directory];
  // Telemetry is on by default and would be sent to Microsoft.
  const quiet = ['--disableTelemetry', '--skipApiVersionCheck'];
  if (onRequest === undefined) quiet.push('--silent');
  const args = [...ports, ...tls, ...place, ...quiet, '--oauth', 'basic'];
  return spawn(process.execPath, ['--import', watchParent, script, ...args], {
    cwd: tmpdir(),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A process group of its own: Ctrl+C in a terminal must not end storage before the app.
    detached: true,
  });
}

/**
 * @param isForgetful there is nothing to save. Azurite would wait for its clients to hang up, which
 * costs seconds, so it is not asked.
 */
async function endProcess(child: ChildProcess, isForgetful: boolean): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(isForgetful ? 'SIGKILL' : 'SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), gracePeriodMs);
  await exited;
  clearTimeout(timer);
}
