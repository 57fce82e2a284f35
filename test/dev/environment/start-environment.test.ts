import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { TableClient } from '@azure/data-tables';
import { expect, onTestFinished, test } from 'vitest';
import { newestRunId, untilNewRun } from '../../../dev/demo/newest-run-id.ts';
import {
  startEnvironment,
  type Environment,
  type EnvironmentOptions,
} from '../../../dev/environment/index.ts';

const graph = { fleet: { devices: 3 } };

async function anEnvironment(options: EnvironmentOptions = { graph }) {
  const environment = await startEnvironment(options);
  onTestFinished(() => environment.close());
  return environment;
}

/** A client of the app's table of runs, as `newestRunId` reads it. */
function runsTable({ azurite, identity, certificate }: Environment) {
  const { token, expiresOn } = identity.issueToken('https://storage.azure.com');
  const accessToken = { token, expiresOnTimestamp: expiresOn * 1000 };
  const credential = { getToken: () => Promise.resolve(accessToken) };
  const tlsOptions = { ca: certificate };
  return new TableClient(azurite.tableServiceUri, 'Runs', credential, { tlsOptions });
}

test('the settings of the app have the form they have in production', async () => {
  const { settings, azurite, identity, graph, ingestion } = await anEnvironment();
  const certificateFile = settings['NODE_EXTRA_CA_CERTS'] ?? '';

  expect(settings).toEqual({
    AzureWebJobsStorage__blobServiceUri: azurite.blobServiceUri,
    AzureWebJobsStorage__queueServiceUri: azurite.queueServiceUri,
    AzureWebJobsStorage__tableServiceUri: azurite.tableServiceUri,
    AzureWebJobsStorage__credential: 'managedidentity',
    IDENTITY_ENDPOINT: identity.environment.IDENTITY_ENDPOINT,
    IDENTITY_HEADER: identity.environment.IDENTITY_HEADER,
    GRAPH_ENDPOINT: graph.url,
    APPLICATIONINSIGHTS_CONNECTION_STRING: ingestion.connectionString,
    APPLICATION_INSIGHTS_NO_STATSBEAT: 'true',
    APPLICATIONINSIGHTS_STATSBEAT_DISABLED: 'true',
    APPLICATIONINSIGHTS_SDKSTATS_DISABLED: 'true',
    NODE_EXTRA_CA_CERTS: certificateFile,
    SSL_CERT_FILE: certificateFile,
  });
  expect(existsSync(certificateFile)).toBe(true);
});

test('every part is reported when it is up', async () => {
  const parts: string[] = [];
  await anEnvironment({ graph, onPart: (name) => parts.push(name) });
  expect(parts).toEqual(['storage', 'identity', 'graph', 'telemetry', 'issuer']);
});

test('close stops everything and leaves nothing behind', async () => {
  const environment = await anEnvironment();
  await Promise.all([environment.close(), environment.close()]);

  expect(existsSync(dirname(environment.settings['NODE_EXTRA_CA_CERTS'] ?? ''))).toBe(false);
  await expect(fetch(environment.identity.environment.IDENTITY_ENDPOINT)).rejects.toThrow();
  await expect(fetch(environment.graph.controlUrl)).rejects.toThrow();
  expect(() => process.kill(environment.azurite.pid, 0)).toThrow('ESRCH');
});

test('a part that cannot start stops those that had', async () => {
  const parts: string[] = [];
  const options = { graph: { fleet: { devices: -1 } }, onPart: (name: string) => parts.push(name) };
  await expect(startEnvironment(options)).rejects.toThrow('fleet.devices');
  expect(parts).toEqual(['storage', 'identity']);
});

test('a start can be given up', async () => {
  const signal = AbortSignal.abort(new Error('Ctrl+C'));
  await expect(startEnvironment({ graph, signal })).rejects.toThrow('Ctrl+C');
});

test('the newest run is found in the table of runs', async () => {
  const environment = await anEnvironment();
  const table = runsTable(environment);
  const { signal } = new AbortController();

  expect(await newestRunId(environment)).toBeUndefined();

  await table.createTable();
  expect(await newestRunId(environment)).toBeUndefined();

  await table.createEntity({ partitionKey: 'run', rowKey: '8204751514186-00000000' });
  await table.createEntity({ partitionKey: 'run', rowKey: '8204751514185-00000000' });
  expect(await newestRunId(environment)).toBe('8204751514185-00000000');

  const previousId = '8204751514185-00000000';
  await expect(untilNewRun(environment, { previousId, timeoutMs: 0, signal })).rejects.toThrow(
    'The timer function was fired, but no run began within 0 s.',
  );
});
