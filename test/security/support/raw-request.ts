import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request as it goes over the wire: nothing is added, normalised or refused on the way out. */
export interface RawRequest {
  readonly method?: string;
  /** Path and query, sent as they are. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  /** A list is sent in chunks, without a `Content-Length`. */
  readonly body?: string | Uint8Array | readonly string[];
}

/** What came back. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Sends a request that `fetch` would not send, or not like this. */
export function sendRaw(origin: string, raw: RawRequest): Promise<RawAnswer> {
  const { method = 'GET', path, headers = {}, body } = raw;
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, method, path, headers, agent: false });
    outgoing.on('response', (response) => {
      text(response).then(
        (answer) =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: answer,
          }),
        reject,
      );
    });
    outgoing.on('error', reject);
    for (const chunk of Array.isArray(body) ? (body as readonly string[]) : []) {
      outgoing.write(chunk);
    }
    outgoing.end(typeof body === 'string' || body instanceof Uint8Array ? body : undefined);
  });
}

/** Sends text that may be no HTTP at all. @returns the status of the first answer, 0 for none */
export function sendText(origin: string, wire: string): Promise<number> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let received = '';
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      received += chunk;
      const status = /^HTTP\/1\.1 (\d{3})/.exec(received)?.[1];
      if (status !== undefined) socket.destroy();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(received)?.[1] ?? 0)));
    socket.write(wire, 'latin1');
  });
}
