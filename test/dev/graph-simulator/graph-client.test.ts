import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import {
  Client,
  GraphError,
  PageIterator,
  type PageCollection,
} from '@microsoft/microsoft-graph-client';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createCertificate, type Certificate } from '../../../dev/certificate.ts';
import {
  startGraphSimulator,
  type GraphSimulatorOptions,
} from '../../../dev/graph-simulator/index.ts';
import { aReadyFleet } from './support/fleets.ts';
import { actionRole, aToken, readRole } from './support/a-token.ts';
import { syncItem } from './support/graph-calls.ts';

let certificate: Certificate;

beforeAll(async () => {
  certificate = await createCertificate();
  // What NODE_EXTRA_CA_CERTS does at a process's start; the client's fetch has no other way.
  setDefaultCACertificates([...getCACertificates(), certificate.cert]);
});

async function connect(
  options: Partial<GraphSimulatorOptions> = {},
  roles = [readRole, actionRole],
) {
  const fleet = aReadyFleet(2500);
  const simulator = await startGraphSimulator({ certificate, fleet, ...options });
  onTestFinished(() => simulator.close());
  const exp = Math.floor(Date.now() / 1000) + 600;
  const client = Client.initWithMiddleware({
    authProvider: { getAccessToken: () => Promise.resolve(aToken({ exp, roles })) },
    baseUrl: `${simulator.url}/`,
    defaultVersion: 'v1.0',
    customHosts: new Set(['127.0.0.1']),
  });
  return { simulator, client };
}

describe("Microsoft's own Graph client", () => {
  it('lists the fleet over all pages', async () => {
    const { simulator, client } = await connect();
    const api = client.api('/deviceManagement/managedDevices').select(['id', 'deviceName']);
    const first = (await api.get()) as PageCollection;
    const ids = new Set<string>();
    const collect = ({ id }: { id: string }) => {
      ids.add(id);
      return true;
    };
    await new PageIterator(client, first, collect).iterate();
    expect(ids.size).toBe(2500);
    expect(simulator.statistics()).toMatchObject({ listRequests: 3, unauthorized: 0 });
  });

  it('syncs devices by $batch and one by one', async () => {
    const { simulator, client } = await connect({ fleet: aReadyFleet(3) });
    const { value } = (await client
      .api('/deviceManagement/managedDevices')
      .get()) as PageCollection;
    const [first, second, third] = value.map(({ id }: { id: string }) => id);
    const requests = [syncItem('1', first ?? ''), syncItem('2', second ?? '')];
    const answer: unknown = await client.api('/$batch').post({ requests });
    expect(answer).toMatchObject({ responses: [{ status: 204 }, { status: 204 }] });
    const path = `/deviceManagement/managedDevices/${third ?? ''}/syncDevice`;
    expect(await client.api(path).post({})).toBeUndefined();
    expect(simulator.statistics()).toMatchObject({ writes: 3, devicesSynced: 3 });
  });

  it('reads the code and the ids of an error', async () => {
    const { client } = await connect({}, []);
    const failed = client.api('/deviceManagement/managedDevices').get();
    await expect(failed).rejects.toBeInstanceOf(GraphError);
    await expect(failed).rejects.toMatchObject({
      statusCode: 403,
      code: 'Forbidden',
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
  });
});
