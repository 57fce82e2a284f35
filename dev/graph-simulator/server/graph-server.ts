import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Certificate } from '../../certificate.ts';
import { keepAliveTimeoutMs } from '../../loopback-server.ts';
import type { Trace } from '../graph/messages.ts';
import type { Simulation } from '../simulation.ts';
import { answerHttpRequest } from './answer-http-request.ts';
import { readBody } from './read-body.ts';
import { cutOff, writeGatewayPage, writeJson, writeTruncated } from './write-response.ts';

/** The HTTPS server of the simulated Graph. It has yet to listen. */
export function createGraphServer(simulation: Simulation, certificate: Certificate): Server {
  const keepAliveTimeout = keepAliveTimeoutMs;
  const options = { key: certificate.key, cert: certificate.cert, keepAliveTimeout };
  return createServer(options, (request, response) => {
    serve(simulation, request, response).catch((error: unknown) => {
      // A client that hung up is its own business; anything else is a defect of the simulator.
      if (request.destroyed && !request.complete) return;
      console.error('graph-simulator: a request failed unexpectedly.', error);
      cutOff(response);
    });
  });
}

async function serve(
  simulation: Simulation,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { clock, dice, faults, statistics } = simulation;
  const fault = dice.transport(faults);
  statistics.count('requests');
  if (fault !== 'none') statistics.fault(fault);
  if (fault === 'resetBefore') {
    cutOff(response);
    return;
  }
  if (fault === 'html') {
    await clock.sleep(dice.latencyMs(faults));
    statistics.answer(502, false);
    writeGatewayPage(response);
    return;
  }
  const body = await readBody(request);
  // Not before the body has arrived: quotas need the times in the order of evaluation.
  const latencyMs = dice.latencyMs(faults);
  const trace = traceOf(simulation, request, latencyMs);
  const answer = answerHttpRequest(simulation, request, body, trace);
  const waitMs = latencyMs + (answer.delayMs ?? 0);
  if (waitMs > 0) await clock.sleep(waitMs);
  if (fault === 'resetAfter') {
    cutOff(response);
    return;
  }
  statistics.answer(answer.status, false);
  if (fault === 'malformed' && answer.body !== undefined) writeTruncated(response, answer, trace);
  else writeJson(response, answer, trace);
}

function traceOf(simulation: Simulation, request: IncomingMessage, latencyMs: number): Trace {
  const requestId = simulation.nextRequestId();
  const sent = request.headers['client-request-id'];
  const clientRequestId = typeof sent === 'string' && sent !== '' ? sent : requestId;
  const now = simulation.clock.now();
  return { requestId, clientRequestId, now, answersAt: now + latencyMs };
}
