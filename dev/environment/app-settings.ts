import type { Azurite } from '../azurite.ts';
import type { GraphSimulator } from '../graph-simulator/index.ts';
import type { IdentityEndpoint } from '../identity-endpoint/index.ts';
import type { IngestionEndpoint } from '../ingestion-endpoint/index.ts';

/** Where the parts of the environment are. */
export interface EnvironmentParts {
  azurite: Pick<Azurite, 'blobServiceUri' | 'queueServiceUri' | 'tableServiceUri'>;
  identity: Pick<IdentityEndpoint, 'environment'>;
  graph: Pick<GraphSimulator, 'url'>;
  ingestion: Pick<IngestionEndpoint, 'connectionString'>;
  /** The certificate of all HTTPS servers, as a PEM file. */
  certificateFile: string;
}

/**
 * The settings with which the app runs in the environment. They have the form they have in
 * production, identity-based and without a secret in a connection string; only the addresses
 * differ.
 */
export function appSettings(parts: EnvironmentParts): Record<string, string> {
  const { azurite, identity, graph, ingestion, certificateFile } = parts;
  return {
    AzureWebJobsStorage__blobServiceUri: azurite.blobServiceUri,
    AzureWebJobsStorage__queueServiceUri: azurite.queueServiceUri,
    AzureWebJobsStorage__tableServiceUri: azurite.tableServiceUri,
    AzureWebJobsStorage__credential: 'managedidentity',
    ...identity.environment,
    GRAPH_ENDPOINT: graph.url,
    APPLICATIONINSIGHTS_CONNECTION_STRING: ingestion.connectionString,
    // The SDK reports about itself to Microsoft unless told not to; nothing here leaves the machine.
    APPLICATION_INSIGHTS_NO_STATSBEAT: 'true',
    APPLICATIONINSIGHTS_STATSBEAT_DISABLED: 'true',
    APPLICATIONINSIGHTS_SDKSTATS_DISABLED: 'true',
    // Node reads the first, .NET (the real Functions host) the second; both only at their start.
    NODE_EXTRA_CA_CERTS: certificateFile,
    SSL_CERT_FILE: certificateFile,
  };
}
