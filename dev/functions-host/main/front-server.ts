import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigurationError } from '../settings/configuration-error.ts';
import { keepAliveTimeoutMs } from '../../loopback-server.ts';

/** The server clients talk to. */
export interface FrontServer {
  /** `http://127.0.0.1:<port>` */
  origin: string;
  /** Says what answers requests. */
  serve: (listener: RequestListener) => void;
  /** Accepts nothing new. Resolves when every open request is answered, or after the limit. */
  close: (limitMs: number) => Promise<void>;
}

/** While closing, how often connections that have become idle are closed. */
const CLOSE_IDLE_EVERY_MS = 50;

/**
 * Listens on a loopback port.
 *
 * @param port 0 takes any free one
 * @throws ConfigurationError when the port is taken or not allowed
 */
export async function startFrontServer(port: number): Promise<FrontServer> {
  const server = createServer();
  // Uploads and streamed answers last as long as the function does.
  server.requestTimeout = 0;
  server.keepAliveTimeout = keepAliveTimeoutMs;
  await listen(server, port);
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve: (listener) => server.on('request', listener),
    async close(limitMs) {
      const idle = setInterval(() => server.closeIdleConnections(), CLOSE_IDLE_EVERY_MS);
      const limit = setTimeout(() => server.closeAllConnections(), limitMs);
      await new Promise((resolve) => server.close(resolve));
      clearInterval(idle);
      clearTimeout(limit);
    },
  };
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isUnusable = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      const hint = `port ${port} cannot be used (${error.code ?? ''}); choose another with --port`;
      reject(isUnusable ? new ConfigurationError(hint, { cause: error }) : error);
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}
