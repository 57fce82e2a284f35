import { createServer } from 'node:http';
import { closeServer, listenOnLoopback } from '../../../dev/loopback-server.ts';

/** A port on which somebody waits for the app to call; it counts before TLS or HTTP are spoken. */
export interface Listener {
  readonly url: string;
  readonly connections: () => number;
  readonly close: () => Promise<void>;
}

/** Starts listening; every connection is counted and cut. */
export async function startListener(): Promise<Listener> {
  let connections = 0;
  const server = createServer().on('connection', (socket) => {
    connections += 1;
    socket.destroy();
  });
  const port = await listenOnLoopback(server);
  return {
    url: `https://127.0.0.1:${port}`,
    connections: () => connections,
    close: () => closeServer(server),
  };
}
