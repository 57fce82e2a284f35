import { createServer } from 'node:https';
import type { ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Certificate } from '../../dev/certificate.ts';
import { closeServer, listenOnLoopback } from '../../dev/loopback-server.ts';

/** An answer as it goes over the wire; a body that is no text becomes JSON. */
export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** What the server does with a request; `reset` cuts the connection, `silence` never answers. */
export type Reply = Answer | 'reset' | 'silence';

/** A request as it arrived. */
export interface Received {
  method: string;
  /** Path and query. */
  url: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** An HTTPS server that follows a script, and keeps what it was asked. */
export interface ScriptedServer {
  url: string;
  requests: Received[];
  close: () => Promise<void>;
}

/** @param script gives the reply to each request; `turn` counts from 0 */
export async function startScriptedServer(
  certificate: Certificate,
  script: (request: Received, turn: number) => Reply,
): Promise<ScriptedServer> {
  const requests: Received[] = [];
  const server = createServer(certificate, (message, response) => {
    void text(message).then((body) => {
      const { method = '', url = '', headers } = message;
      const request = { method, url, headers, body };
      const turn = requests.push(request) - 1;
      play(script(request, turn), response);
    });
  });
  const port = await listenOnLoopback(server);
  return { url: `https://127.0.0.1:${port}`, requests, close: () => closeServer(server) };
}

function play(reply: Reply, response: ServerResponse): void {
  if (reply === 'silence') return;
  if (reply === 'reset') {
    response.destroy();
    return;
  }
  const { status = 200, headers = {}, body } = reply;
  const payload = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(payload);
}
