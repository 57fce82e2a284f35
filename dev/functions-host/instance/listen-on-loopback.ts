import { Server } from 'node:net';

/**
 * Runs `work`; servers it opens without naming an address listen on 127.0.0.1. The library's HTTP
 * streaming opens its server on every address of the machine, which suits a container in Azure and
 * not a developer's machine in a shared network.
 */
export async function listenOnLoopback<T>(work: () => T | Promise<T>): Promise<T> {
  const original = Object.getOwnPropertyDescriptor(Server.prototype, 'listen');
  const listen: unknown = original?.value;
  if (typeof listen !== 'function') throw new TypeError('net.Server has no listen method');
  function listenLocally(this: Server, ...args: unknown[]): unknown {
    const [first, ...rest] = args;
    const isUnaddressed = first === undefined || typeof first === 'function';
    const port = isUnaddressed ? 0 : first;
    const local = typeof port === 'number' ? [{ port, host: '127.0.0.1' }] : [port];
    return Reflect.apply(listen as () => unknown, this, [
      ...local,
      ...(typeof first === 'function' ? [first] : rest),
    ]);
  }
  Object.defineProperty(Server.prototype, 'listen', { value: listenLocally, configurable: true });
  try {
    return await work();
  } finally {
    Object.defineProperty(Server.prototype, 'listen', { ...original });
  }
}
