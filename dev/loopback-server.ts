import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * For so long a server keeps a connection that nobody uses, in milliseconds: longer than any client.
 * With Node's own 5 s a request that is sent just as the connection is closed would fail.
 */
export const keepAliveTimeoutMs = 300_000;

/**
 * Starts listening on 127.0.0.1, and nowhere else: nothing of the local environment can be reached
 * from another machine.
 *
 * @param port 0 takes a free port.
 * @returns the port that is listened on.
 * @throws Error that names the port when it is taken or not allowed.
 */
export function listenOnLoopback(server: Server, port = 0): Promise<number> {
  server.keepAliveTimeout = keepAliveTimeoutMs;
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(new Error(`Port ${port} cannot be used (${String(cause.code)}).`, { cause }));
    });
    server.listen(port, '127.0.0.1', () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/**
 * Stops a server at once: kept-alive connections are cut, since a client that holds one open would
 * otherwise hold up the end of the process. Closing twice does nothing.
 */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
