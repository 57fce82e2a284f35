import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { closeServer, listenOnLoopback } from '../../../dev/loopback-server.ts';
import type { Run } from '../../../src/cli/api/run-document.ts';
import { aRun, planId, retryId, runId } from './a-run.ts';

/** A request as it arrived; headers only those that a fact can be about. */
export interface Received {
  call: string;
  body?: unknown;
  idempotencyKey?: string;
  key?: string;
  authorization?: string;
}

/** An answer that stands in for the app's own, for one request. */
export interface Reply {
  status: number;
  headers?: Record<string, string>;
  /** JSON unless it is a text. */
  body?: unknown;
  /** Cut the connection after the body instead of ending it. */
  breaksOff?: boolean;
}

/** A small app on a real port that answers as the contract says. */
export interface App {
  url: string;
  requests: Received[];
  /** What each look at a run finds, in order; the last one stays. */
  runs: Map<string, Run[]>;
  /** The body of `GET /runs/{id}/devices?format=csv`, in chunks. */
  csv: string[];
  /** The devices in pages. */
  devicePages: unknown[][];
  /** Answers that come before the app's own; `reset` cuts the connection, `silence` never answers. */
  next: (Reply | 'reset' | 'silence')[];
}

export const functionKey = 'the-function-key';

/** Starts an app that ends with the test. Both the key and any bearer token open it. */
export async function anApp(...runs: Run[]): Promise<App> {
  const app: App = {
    url: '',
    requests: [],
    runs: new Map([[runId, runs.length > 0 ? runs : [aRun()]]]),
    csv: ['deviceId,outcome\r\n', 'a,accepted\r\n'],
    devicePages: [[]],
    next: [],
  };
  const server = createServer((request, response) => void answer(app, request, response));
  app.url = `http://127.0.0.1:${await listenOnLoopback(server)}`;
  onTestFinished(() => closeServer(server));
  return app;
}

async function answer(app: App, request: IncomingMessage, response: ServerResponse) {
  app.requests.push(await receive(request));
  const scripted = app.next.shift();
  if (scripted === 'silence') return;
  if (scripted === 'reset') return void response.destroy();
  const reply = scripted ?? route(app, request);
  response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
  const { body } = reply;
  const payload = typeof body === 'string' ? body : JSON.stringify(body);
  if (!reply.breaksOff) return void response.end(payload);
  response.write(payload, () => response.destroy());
}

async function receive(request: IncomingMessage): Promise<Received> {
  const { method = '', url = '', headers } = request;
  const { authorization } = headers;
  const key = headers['x-functions-key'];
  const idempotencyKey = headers['idempotency-key'];
  const hasBody = headers['content-type'] === 'application/json';
  return {
    call: `${method} ${url}`,
    ...(hasBody ? { body: await json(request) } : {}),
    ...(typeof idempotencyKey === 'string' ? { idempotencyKey } : {}),
    ...(typeof key === 'string' ? { key } : {}),
    ...(authorization === undefined ? {} : { authorization }),
  };
}

function route(app: App, { method = '', url = '', headers }: IncomingMessage): Reply {
  if (headers['x-functions-key'] !== functionKey && headers.authorization === undefined) {
    return { status: 401 };
  }
  const { pathname, searchParams } = new URL(url, app.url);
  const [, id = '', rest] = /^\/api\/runs\/([^/]+)(?:\/(\w+))?$/.exec(pathname) ?? [];
  const { body } = app.requests.at(-1) ?? {};
  switch (`${method} ${rest ?? (id === '' ? pathname : 'run')}`) {
    case 'POST /api/runs':
      return { status: 202, body: look(app, isDryRun(body) ? planId : runId) };
    case 'GET /api/runs':
      return { status: 200, body: { value: [...app.runs.keys()].map((each) => look(app, each)) } };
    case 'GET run':
      return app.runs.has(id) ? { status: 200, body: look(app, id) } : notFound;
    case 'GET devices':
      return searchParams.get('format') === 'csv' ? csvOf(app) : deviceListOf(app, searchParams);
    case 'POST cancel':
      return { status: 202, body: look(app, id) };
    case 'POST retry':
      return { status: 202, body: look(app, retryId) };
    default:
      return notFound;
  }
}

/** The run as this look finds it. */
function look(app: App, id: string): Run | undefined {
  const states = app.runs.get(id) ?? [];
  return states.length > 1 ? states.shift() : states[0];
}

function isDryRun(body: unknown): boolean {
  return (body as { dryRun?: boolean }).dryRun === true;
}

function csvOf(app: App): Reply {
  const headers = { 'content-type': 'text/csv; charset=utf-8' };
  return { status: 200, headers, body: app.csv.join('') };
}

function deviceListOf(app: App, query: URLSearchParams): Reply {
  const page = Number(query.get('continuationToken') ?? 0);
  const isLast = page + 1 >= app.devicePages.length;
  const token = isLast ? {} : { continuationToken: String(page + 1) };
  return { status: 200, body: { value: app.devicePages[page], ...token } };
}

/** An error as the API reports it. */
export function aProblem(status: number, title: string, more: object = {}): Reply {
  const headers = { 'content-type': 'application/problem+json' };
  return { status, headers, body: { type: 'about:blank', title, status, ...more } };
}

const notFound = aProblem(404, 'Not found', { detail: 'There is no run with this id.' });
