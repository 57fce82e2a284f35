import { onTestFinished } from 'vitest';
import type { Client } from '@microsoft/microsoft-graph-client';
import { graphClient } from '../../../../src/adapters/graph/graph-client.ts';
import type { Clock } from '../../../../src/use-cases/ports.ts';
import {
  type Received,
  type Reply,
  type ScriptedServer,
  startScriptedServer,
} from '../../../support/scripted-server.ts';
import { startOfTest } from '../../../support/factories.ts';
import { aTrustedCertificate } from '../../../support/trusted-certificate.ts';

const certificate = aTrustedCertificate();

/** What Graph does with a request; it may depend on the address it has in this test. */
export type Turn = Reply | ((endpoint: string) => Reply);

/** A Graph that follows a script, and what an adapter needs to talk to it. */
export interface TestGraph {
  client: Client;
  endpoint: string;
  requests: Received[];
  /** Issues `token-0`, and another one after each renewal. */
  token: { getAccessToken: () => Promise<string>; renew: () => Promise<void> };
  /** Stands still; sleeping takes no time and is noted in `sleeps`, in milliseconds. */
  clock: Clock;
  sleeps: number[];
}

/**
 * Starts a Graph for one test. It replies turn by turn; the last reply is repeated, so that an
 * adapter which tries too often is found out by the number of requests.
 */
export async function aGraph(...turns: Turn[]): Promise<TestGraph> {
  const server: ScriptedServer = await startScriptedServer(await certificate, (_, turn) => {
    const reply = turns[Math.min(turn, turns.length - 1)] ?? { status: 500 };
    return typeof reply === 'function' ? reply(server.url) : reply;
  });
  onTestFinished(() => server.close());
  const token = aToken();
  const sleeps: number[] = [];
  return {
    client: graphClient(server.url, token),
    endpoint: server.url,
    requests: server.requests,
    token,
    sleeps,
    clock: {
      now: () => startOfTest,
      sleep: (ms) => {
        sleeps.push(ms);
        return Promise.resolve();
      },
    },
  };
}

function aToken(): TestGraph['token'] {
  let renewals = 0;
  return {
    getAccessToken: () => Promise.resolve(`token-${renewals}`),
    renew: () => {
      renewals++;
      return Promise.resolve();
    },
  };
}
