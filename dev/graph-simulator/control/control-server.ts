import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { BadRequest } from '../graph/bad-request.ts';
import { parseJsonBody, readBody } from '../server/read-body.ts';
import type { Simulation } from '../simulation.ts';
import { matchPath, NotFound } from './control-route.ts';
import { controlRoutes } from './control-routes.ts';

/** The server with which a running simulator is watched and changed. It has yet to listen. */
export function createControlServer(simulation: Simulation): Server {
  return createServer((request, response) => {
    answer(simulation, request, response).catch((error: unknown) => {
      if (error instanceof BadRequest || error instanceof NotFound) {
        write(response, error instanceof NotFound ? 404 : 400, { error: error.message });
        return;
      }
      console.error('graph-simulator: a control request failed unexpectedly.', error);
      write(response, 500, { error: 'The simulator failed; see its output.' });
    });
  });
}

async function answer(
  simulation: Simulation,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://control');
  const here = controlRoutes.filter((route) => matchPath(route, url.pathname) !== undefined);
  const route = here.find(({ method }) => method === request.method);
  if (route !== undefined) {
    const body = parseJsonBody(await readBody(request));
    const id = matchPath(route, url.pathname) ?? '';
    write(response, 200, route.handle(simulation, { query: url.searchParams, body, id }));
    return;
  }
  if (here.length === 0) {
    write(response, 404, { error: `There is no ${url.pathname}; GET / lists the routes.` });
    return;
  }
  const allowed = here.map(({ method }) => method).join(', ');
  write(response, 405, { error: `${url.pathname} answers to ${allowed}.` });
}

function write(response: ServerResponse, status: number, body: unknown): void {
  const isText = typeof body === 'string';
  const type = isText ? 'text/plain; charset=utf-8' : 'application/json';
  response.writeHead(status, { 'Content-Type': type });
  response.end(isText ? body : `${JSON.stringify(body, null, 2)}\n`);
}
