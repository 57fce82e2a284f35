import { Agent, request } from 'node:https';
import { onTestFinished } from 'vitest';
import { createCertificate } from '../../../../dev/certificate.ts';
import {
  startGraphSimulator,
  type GraphSimulator,
  type GraphSimulatorOptions,
} from '../../../../dev/graph-simulator/index.ts';
import { aClock, type TestClock } from './a-clock.ts';
import { aToken } from './a-token.ts';

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** The body as it came. */
  text: string;
}

export interface CallOptions {
  method?: string;
  body?: unknown;
  token?: string | undefined;
  headers?: Record<string, string>;
}

/** A simulator on a clock of its own, and a client that trusts its certificate. */
export interface TestGraph {
  simulator: GraphSimulator;
  clock: TestClock;
  /** Calls a path such as `/v1.0/deviceManagement/managedDevices`, or a whole URL. */
  call(path: string, options?: CallOptions): Promise<Answer>;
}

const certificate = createCertificate();

/** Starts a simulator for one test, which stops it when it ends. */
export async function aGraph(options: Partial<GraphSimulatorOptions> = {}): Promise<TestGraph> {
  const clock = aClock();
  const simulator = await startGraphSimulator({
    certificate: await certificate,
    fleet: { devices: 30 },
    clock,
    ...options,
  });
  const agent = new Agent({ keepAlive: true, ca: (await certificate).cert });
  onTestFinished(async () => {
    agent.destroy();
    await simulator.close();
  });
  return {
    simulator,
    clock,
    call: (path, call = {}) => send(new URL(path, simulator.url), call, agent),
  };
}

function send(url: URL, call: CallOptions, agent: Agent): Promise<Answer> {
  const token = 'token' in call ? call.token : aToken();
  const headers = {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(call.body !== undefined && { 'content-type': 'application/json' }),
    ...call.headers,
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method: call.method ?? 'GET', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    sent.on('error', reject);
    sent.end(typeof call.body === 'string' ? call.body : JSON.stringify(call.body));
  });
}
