import type { ServerResponse } from 'node:http';
import type { GraphResponse, Trace } from '../graph/messages.ts';

const jsonType =
  'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

const gatewayPage = `<!DOCTYPE html>
<html><head><title>502 Bad Gateway</title></head>
<body><h1>502 - Web server received an invalid response while acting as a gateway.</h1></body></html>
`;

/** Writes an answer with the headers that Graph puts on every one. */
export function writeJson(response: ServerResponse, answer: GraphResponse, trace: Trace): void {
  const text = answer.body === undefined ? undefined : JSON.stringify(answer.body);
  writeHead(response, answer, trace, text);
  response.end(text);
}

/** Writes the answer's status and headers, but only half of its JSON. */
export function writeTruncated(
  response: ServerResponse,
  answer: GraphResponse,
  trace: Trace,
): void {
  const text = JSON.stringify(answer.body);
  const half = text.slice(0, Math.ceil(text.length / 2));
  writeHead(response, answer, trace, half);
  response.end(half);
}

/** What a gateway in front of Graph answers when it is itself in trouble. */
export function writeGatewayPage(response: ServerResponse): void {
  response.writeHead(502, { 'Content-Type': 'text/html; charset=utf-8' });
  response.end(gatewayPage);
}

/** Ends the connection without an answer. */
export function cutOff(response: ServerResponse): void {
  response.destroy();
}

function writeHead(
  response: ServerResponse,
  answer: GraphResponse,
  trace: Trace,
  text: string | undefined,
): void {
  response.writeHead(answer.status, {
    'Cache-Control': 'no-cache',
    'request-id': trace.requestId,
    'client-request-id': trace.clientRequestId,
    ...(text !== undefined && {
      'Content-Type': answer.contentType ?? jsonType,
      'Content-Length': Buffer.byteLength(text),
    }),
    ...answer.headers,
  });
}
