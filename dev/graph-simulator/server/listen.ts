import type { Server } from 'node:http';
import type { Server as SecureServer } from 'node:https';

const loopback = '127.0.0.1';

/**
 * Listens on the loopback address only, since nothing here is meant for a network.
 *
 * @param port 0 for any free one
 * @returns the port
 * @throws the system's error when the port is taken
 */
export async function listen(server: Server | SecureServer, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, loopback, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

/** Stops listening and cuts what is still open. */
export async function stop(server: Server | SecureServer): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
