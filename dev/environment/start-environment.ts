import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAzurite, type Azurite, type StorageRequest } from '../azurite.ts';
import { createCertificate, writeCertificate } from '../certificate.ts';
import {
  startGraphSimulator,
  type GraphSimulator,
  type GraphSimulatorOptions,
} from '../graph-simulator/index.ts';
import {
  startIdentityEndpoint,
  startTokenIssuer,
  type IdentityEndpoint,
  type IdentityEndpointOptions,
  type TokenIssuer,
} from '../identity-endpoint/index.ts';
import { startIngestionEndpoint, type IngestionEndpoint } from '../ingestion-endpoint/index.ts';
import { appSettings } from './app-settings.ts';
import { createCleanup, type Cleanup } from './cleanup.ts';

/** What the environment can be told. */
export interface EnvironmentOptions {
  /** The fleet, and how Graph behaves. */
  graph: Omit<GraphSimulatorOptions, 'certificate'>;
  /** Roles and token lifetime. Default: the two roles a sync needs, 24 h. */
  identity?: IdentityEndpointOptions;
  /** Where storage keeps its data, so that it outlives the environment. Default: in memory. */
  storageDirectory?: string;
  /** Called for each request that storage answered. Default: nobody counts them. */
  onStorageRequest?: (request: StorageRequest) => void;
  /** Gives up the start when aborted. */
  signal?: AbortSignal;
  /** Called when a part is up, with the time it took. Default: nothing happens. */
  onPart?: (name: string, elapsedMs: number) => void;
}

/** Everything around the app, running on loopback. */
export interface Environment {
  /** The settings of the app; NODE_EXTRA_CA_CERTS is among them and counts at process start. */
  settings: Record<string, string>;
  azurite: Azurite;
  identity: IdentityEndpoint;
  /** Issues tokens to callers; the app asks for them when it has this issuer's settings. */
  issuer: TokenIssuer;
  graph: GraphSimulator;
  ingestion: IngestionEndpoint;
  /** The certificate of all HTTPS servers, PEM: what a client in this process has to trust. */
  certificate: string;
  /** Stops everything and removes the temporary directory; a second call waits for the first. */
  close: () => Promise<void>;
}

/**
 * Starts storage, identity, Graph and telemetry on 127.0.0.1, in a few seconds.
 *
 * @throws what the failing part throws, or the signal's reason; whatever was started is stopped
 * by then.
 */
export async function startEnvironment(options: EnvironmentOptions): Promise<Environment> {
  const cleanup = createCleanup();
  try {
    return await startParts(options, cleanup);
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}

async function startParts(options: EnvironmentOptions, cleanup: Cleanup): Promise<Environment> {
  /** Starts one part, sees to it that it is closed, and reports how long it took. */
  async function part<T extends { close: () => Promise<void> }>(
    name: string,
    start: () => Promise<T>,
  ): Promise<T> {
    options.signal?.throwIfAborted();
    const startedAt = performance.now();
    const started = await start();
    cleanup.add(() => started.close());
    options.onPart?.(name, performance.now() - startedAt);
    return started;
  }

  const directory = await mkdtemp(join(tmpdir(), 'fleet-sync-'));
  cleanup.add(() => rm(directory, { recursive: true, force: true }));
  const certificate = await createCertificate();
  const certificateFiles = await writeCertificate(certificate, directory);

  const { storageDirectory, onStorageRequest } = options;
  const azurite = await part('storage', () =>
    startAzurite({
      certificateFiles,
      ...(storageDirectory === undefined ? {} : { directory: storageDirectory }),
      ...(onStorageRequest === undefined ? {} : { onRequest: onStorageRequest }),
    }),
  );
  const identity = await part('identity', () => startIdentityEndpoint(options.identity));
  const graph = await part('graph', () => startGraphSimulator({ ...options.graph, certificate }));
  const ingestion = await part('telemetry', () => startIngestionEndpoint({ certificate }));
  const issuer = await part('issuer', () => startTokenIssuer({ certificate }));
  options.signal?.throwIfAborted();

  const certificateFile = certificateFiles.certFile;
  return {
    settings: appSettings({ azurite, identity, graph, ingestion, certificateFile }),
    azurite,
    identity,
    issuer,
    graph,
    ingestion,
    certificate: certificate.cert,
    close: () => cleanup.run(),
  };
}
