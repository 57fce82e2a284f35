import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { Certificate } from '../certificate.ts';
import { closeServer, listenOnLoopback } from '../loopback-server.ts';
import { decodeEnvelope, type ReceivedEvent, type ReceivedMetric } from './envelope.ts';
import { readEnvelopes } from './read-envelopes.ts';
import { track, unreadable } from './track.ts';

/** What the ingestion endpoint can be told. */
export interface IngestionEndpointOptions {
  /** HTTPS is not a choice: the exporters turn every `http` address into `https`. */
  certificate: Certificate;
  /** 0, the default, takes a free port. */
  port?: number;
  /** Called for each metric as it arrives. Default: nothing happens. */
  onMetric?: (metric: ReceivedMetric) => void;
  /** Called for each event as it arrives. Default: nothing happens. */
  onEvent?: (event: ReceivedEvent) => void;
}

/** A running ingestion endpoint. What it received is in the order of arrival. */
export interface IngestionEndpoint {
  /** `https://127.0.0.1:<port>`. */
  url: string;
  /** The value for APPLICATIONINSIGHTS_CONNECTION_STRING; its instrumentation key is all zeros. */
  connectionString: string;
  metrics: () => ReceivedMetric[];
  events: () => ReceivedEvent[];
  /** How many envelopes of other kinds came in, by base type, for example `MessageData`. */
  others: () => Record<string, number>;
  /** Makes every following post fail with this HTTP status; undefined ends it. */
  failWith: (status: number | undefined) => void;
  close: () => Promise<void>;
}

/**
 * Starts the part of Application Insights that takes telemetry in: `track` over HTTPS, and Live
 * Metrics, which is told that nobody is watching.
 *
 * @throws Error when the port is taken.
 */
export async function startIngestionEndpoint(
  options: IngestionEndpointOptions,
): Promise<IngestionEndpoint> {
  const metrics: ReceivedMetric[] = [];
  const events: ReceivedEvent[] = [];
  const others = new Map<string, number>();
  let failure: number | undefined;

  function keep(entry: unknown): void {
    const decoded = decodeEnvelope(entry);
    switch (decoded.kind) {
      case 'metrics':
        metrics.push(...decoded.metrics);
        for (const metric of decoded.metrics) options.onMetric?.(metric);
        break;
      case 'event':
        events.push(decoded.event);
        options.onEvent?.(decoded.event);
        break;
      case 'other':
        others.set(decoded.baseType, (others.get(decoded.baseType) ?? 0) + 1);
    }
  }

  const server = createServer(options.certificate, (request, response) => {
    if (failure !== undefined) {
      request.resume();
      answer(response, failure, { itemsReceived: 0, itemsAccepted: 0, errors: [] });
      return;
    }
    void handle(request, response, keep);
  });
  const port = await listenOnLoopback(server, options.port);
  const url = `https://127.0.0.1:${port}`;

  return {
    url,
    connectionString: `InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint=${url}/;LiveEndpoint=${url}/`,
    metrics: () => [...metrics],
    events: () => [...events],
    others: () => Object.fromEntries(others),
    failWith: (status) => {
      failure = status;
    },
    close: () => closeServer(server),
  };
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  keep: (entry: unknown) => void,
): Promise<void> {
  const path = new URL(request.url ?? '/', 'https://127.0.0.1').pathname;
  if (request.method === 'POST' && /^\/v2(\.1)?\/track$/.test(path)) {
    try {
      const { status, result } = track(await readEnvelopes(request), keep);
      answer(response, status, result);
    } catch (error) {
      answer(response, 400, unreadable(error));
    }
    return;
  }
  request.resume();
  if (request.method === 'POST' && /^\/QuickPulseService\.svc\/(ping|post)$/.test(path)) {
    answer(response, 200, {}, { 'x-ms-qps-subscribed': 'false' });
    return;
  }
  answer(response, 404, { message: `${String(request.method)} ${path} is not known here.` });
}

function answer(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { ...headers, 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}
