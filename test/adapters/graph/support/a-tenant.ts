import { onTestFinished } from 'vitest';
import {
  type GraphSimulatorOptions,
  startGraphSimulator,
} from '../../../../dev/graph-simulator/index.ts';
import { startIdentityEndpoint } from '../../../../dev/identity-endpoint/index.ts';
import { graphClient } from '../../../../src/adapters/graph/graph-client.ts';
import { GraphCommandSender } from '../../../../src/adapters/graph/graph-command-sender.ts';
import { GraphDeviceDirectory } from '../../../../src/adapters/graph/graph-device-directory.ts';
import { LIST_DEVICES_ROLE } from '../../../../src/core/roles.ts';
import { collect } from '../../../support/collect.ts';
import { aTrustedCertificate } from '../../../support/trusted-certificate.ts';
import { syncCommand } from '../../../support/factories.ts';

const certificate = aTrustedCertificate();

/** Both adapters over a simulated Graph, as an app with these roles; its waits take no time. */
export async function aTenant(
  options: Omit<GraphSimulatorOptions, 'certificate'>,
  roles: readonly string[] = [LIST_DEVICES_ROLE, syncCommand.role],
) {
  const simulator = await startGraphSimulator({ ...options, certificate: await certificate });
  onTestFinished(() => simulator.close());
  const identity = await startIdentityEndpoint({ roles: [...roles] });
  onTestFinished(() => identity.close());
  const token = {
    getAccessToken: () => Promise.resolve(identity.issueToken('https://graph.microsoft.com').token),
    renew: () => Promise.resolve(),
  };
  const client = graphClient(simulator.url, token);
  const sleeps: number[] = [];
  const directory = new GraphDeviceDirectory({
    client,
    token,
    endpoint: simulator.url,
    clock: { now: () => Date.now(), sleep: (ms) => Promise.resolve(void sleeps.push(ms)) },
    random: () => 1,
    policy: { maxRetries: 5, initialDelayMs: 1_000, maxDelayMs: 8_000 },
  });
  const list = async () => (await collect(directory.listDevices())).flat();
  const sender = new GraphCommandSender(client, token);
  return { simulator, directory, sender, list, sleeps };
}
