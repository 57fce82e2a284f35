import { ManagedIdentityCredential } from '@azure/identity';
import { GraphAppInstallReports } from './adapters/graph/graph-app-install-reports.ts';
import { GraphCommandSender } from './adapters/graph/graph-command-sender.ts';
import { graphClient } from './adapters/graph/graph-client.ts';
import { GraphDeviceDirectory } from './adapters/graph/graph-device-directory.ts';
import { healthChecks } from './adapters/health-checks.ts';
import { GraphToken } from './adapters/identity/graph-token.ts';
import { WebhookNotifier } from './adapters/notify/webhook-notifier.ts';
import { queueServiceClient } from './adapters/queue/queues.ts';
import { StorageRunQueue } from './adapters/queue/storage-run-queue.ts';
import { systemClock } from './adapters/system-clock.ts';
import { TableIdempotencyKeys } from './adapters/table/table-idempotency-keys.ts';
import { TableOpenRuns } from './adapters/table/table-open-runs.ts';
import { TableRunLedger } from './adapters/table/table-run-ledger.ts';
import { TableRunStore } from './adapters/table/table-run-store.ts';
import { TableStartBudget } from './adapters/table/table-start-budget.ts';
import { TableWriteBudget } from './adapters/table/table-write-budget.ts';
import { tableClient } from './adapters/table/tables.ts';
import { ApplicationInsightsTelemetry } from './adapters/telemetry/application-insights.ts';
import { logTelemetry } from './adapters/telemetry/log-telemetry.ts';
import type { Config } from './config/config.ts';
import { commandCatalog } from './core/actions/command-catalog.ts';
import { DEFAULT_ACTION, actions } from './core/actions/index.ts';
import type { DependencyChecks, Ports } from './use-cases/ports.ts';

/**
 * The clients and adapters behind the ports; nothing is connected before it is used. One credential
 * for everything, unless a setting names another identity for storage or telemetry.
 */
export function createClients(config: Config): { ports: Ports; checks: DependencyChecks } {
  const { storage, graph, clientId, sync, telemetry, startsPerMinute, notify } = config;
  const credential = credentialOf(clientId);
  const storageCredential = credentialOf(config.storageClientId);
  const token = new GraphToken({ credential, resource: graph.resource, ...identityOf(clientId) });
  const client = graphClient(graph.endpoint, token);
  const clock = systemClock;
  const random = Math.random;
  const runs = tableClient(storage, storageCredential, 'Runs');
  const items = tableClient(storage, storageCredential, 'RunItems');
  const coordination = tableClient(storage, storageCredential, 'Coordination');
  const queues = queueServiceClient(storage, storageCredential);
  const policy = {
    maxRetries: sync.maxRetries,
    initialDelayMs: sync.initialBackoffMs,
    maxDelayMs: sync.maxBackoffMs,
  };
  const listing = { client, token, endpoint: graph.endpoint, clock, random, policy };
  const { writesPerSecond } = sync;
  const { connectionString, usesIdentity } = telemetry;
  const commands = commandCatalog(actions);
  const { role } = commands.of({ action: DEFAULT_ACTION, parameters: {} });
  return {
    ports: {
      clock,
      random,
      runs: new TableRunStore(runs),
      ledger: new TableRunLedger(items),
      openRuns: new TableOpenRuns(coordination),
      keys: new TableIdempotencyKeys(coordination),
      starts: new TableStartBudget(coordination, { clock, random, startsPerMinute }),
      commands,
      permissions: { granted: () => token.roles() },
      queue: new StorageRunQueue(queues),
      directory: new GraphDeviceDirectory(listing),
      appInstalls: new GraphAppInstallReports(listing),
      sender: new GraphCommandSender(client, token),
      budget: new TableWriteBudget(coordination, { clock, random, writesPerSecond }),
      ...(notify === undefined ? {} : { notifier: new WebhookNotifier({ ...notify, clock }) }),
      telemetry:
        connectionString === undefined
          ? logTelemetry
          : new ApplicationInsightsTelemetry({
              connectionString,
              ...(usesIdentity ? { credential: credentialOf(telemetry.clientId) } : {}),
            }),
    },
    checks: healthChecks({ runs, queues, token, role }),
  };
}

/** A user-assigned identity by its client id; the system-assigned one without. */
function credentialOf(clientId: string | undefined): ManagedIdentityCredential {
  return new ManagedIdentityCredential(identityOf(clientId));
}

function identityOf(clientId: string | undefined): { clientId?: string } {
  return clientId === undefined ? {} : { clientId };
}
