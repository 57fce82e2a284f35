import { app } from '@azure/functions';
import { callerProofs } from './caller-proofs.ts';
import { createClients } from './clients.ts';
import { readConfig } from './config/config.ts';
import { type RouteAccess, appRoles } from './core/app-roles.ts';
import { guard } from './functions/http/access.ts';
import { cancelRunHandler } from './functions/http/cancel-run.ts';
import { CHECK_KEY_ROUTE, checkKeyHandler } from './functions/http/check-key.ts';
import { getRunDevicesHandler } from './functions/http/get-run-devices.ts';
import { getRunHandler } from './functions/http/get-run.ts';
import { healthHandler } from './functions/http/health.ts';
import type { ApiHandler } from './functions/http/http-handler.ts';
import { listAppInstallErrorsHandler } from './functions/http/list-app-install-errors.ts';
import { listRunsHandler } from './functions/http/list-runs.ts';
import { onAlertHandler } from './functions/http/on-alert.ts';
import { listSilentDevicesHandler } from './functions/http/list-silent-devices.ts';
import { openApiHandler } from './functions/http/openapi.ts';
import { retryRunHandler } from './functions/http/retry-run.ts';
import { startRunHandler } from './functions/http/start-run.ts';
import { monitorRunHandler } from './functions/monitor-run.ts';
import { planRunHandler } from './functions/plan-run.ts';
import { poisonHandler } from './functions/poison.ts';
import { parseBatchEntry, parseRunEntry } from './functions/queue-entry.ts';
import { scheduledSyncHandler } from './functions/scheduled-sync.ts';
import { syncBatchHandler } from './functions/sync-batch.ts';
import { watchdogHandler } from './functions/watchdog.ts';
import { queueNames } from './adapters/queue/queues.ts';
import { cancelRun } from './use-cases/cancel-run.ts';
import { checkHealth } from './use-cases/check-health.ts';
import { cleanUp } from './use-cases/clean-up.ts';
import { followUpRun } from './use-cases/follow-up-run.ts';
import { failUnplannedRun, recordPoisonedBatch, reviveMonitor } from './use-cases/handle-poison.ts';
import { identifyCaller } from './use-cases/identify-caller.ts';
import { monitorRun } from './use-cases/monitor-run.ts';
import { planRun } from './use-cases/plan-run.ts';
import { receiveAlert } from './use-cases/receive-alert.ts';
import { retryRun } from './use-cases/retry-run.ts';
import { silentDevices } from './use-cases/silent-devices.ts';
import { startPlannedRun } from './use-cases/start-planned-run.ts';
import { startRun } from './use-cases/start-run.ts';
import { syncBatch } from './use-cases/sync-batch.ts';
import { watchRuns } from './use-cases/watch-runs.ts';

const config = readConfig(process.env);
const { ports, checks } = createClients(config);
const { now } = ports.clock;
const { sync } = config;

const start = startRun(ports, sync);
const plan = planRun(ports, sync);
const send = syncBatch(ports, {
  maxRetries: sync.maxRetries,
  initialDelayMs: sync.initialBackoffMs,
  maxDelayMs: sync.maxBackoffMs,
});

const retry = retryRun(ports, start);
const look = monitorRun(ports, {
  verifyAfterMs: config.verifyAfterMs,
  followUp: followUpRun(ports, retry),
});

/** The setting that names the storage account, for queue triggers. */
const connection = 'AzureWebJobsStorage';
const { plans, batches, urgentBatches, monitor } = queueNames;

// CSV of a large run is streamed, not held.
app.setup({ enableHttpStream: true });

app.timer('scheduledSync', {
  schedule: sync.schedule,
  handler: scheduledSyncHandler(start, plan, config.scheduledRun),
});
app.timer('watchdog', {
  schedule: '0 */15 * * * *',
  handler: watchdogHandler(watchRuns(ports), cleanUp(ports, config)),
});

const receive = receiveAlert(ports, { rules: config.alertRules, deadlineMs: sync.deadlineMs });
const startPlanned = startPlannedRun(ports, start);
const { mode } = sync;
const { maxDevices } = config.scheduledRun;
const { isBetaOffered } = config.graph;
const isVerified = config.verifyAfterMs.length > 0;
const runStarts = { start, startPlanned, now, maxDevices, mode, isBetaOffered, isVerified };
const { read, run, alert } = appRoles;
const httpHandlers: Record<
  string,
  [method: 'GET' | 'POST', route: string, access: RouteAccess, handler: ApiHandler]
> = {
  startRun: ['POST', 'runs', run, startRunHandler(runStarts)],
  listRuns: ['GET', 'runs', read, listRunsHandler(ports.runs, now)],
  getRun: ['GET', 'runs/{id}', read, getRunHandler(ports.runs, now)],
  getRunDevices: ['GET', 'runs/{id}/devices', read, getRunDevicesHandler(ports)],
  cancelRun: ['POST', 'runs/{id}/cancel', run, cancelRunHandler(cancelRun(ports), now)],
  retryRun: ['POST', 'runs/{id}/retry', run, retryRunHandler(retry, now)],
  listSilentDevices: [
    'GET',
    'devices/silent',
    read,
    listSilentDevicesHandler(silentDevices(ports)),
  ],
  listAppInstallErrors: [
    'GET',
    'reference/app-install-errors',
    read,
    listAppInstallErrorsHandler(),
  ],
  onAlert: ['POST', 'alerts', alert, onAlertHandler(receive, ports.clock)],
  openApi: ['GET', 'openapi.json', read, openApiHandler()],
  health: ['GET', 'health', 'anyone', healthHandler(checkHealth(checks))],
};
const { entra } = config;
const guarded = guard(
  entra && { ...entra, identify: identifyCaller(callerProofs(entra, CHECK_KEY_ROUTE, now)) },
);
for (const [name, [method, route, access, handler]] of Object.entries(httpHandlers)) {
  app.http(name, { methods: [method], route, ...guarded(access, handler) });
}
if (entra?.ownOrigin !== undefined) {
  // The one route that the host itself guards beside Entra ID: the app learns by it whether a key is good.
  const handler = checkKeyHandler();
  app.http('checkKey', {
    methods: ['GET'],
    route: CHECK_KEY_ROUTE,
    authLevel: 'function',
    handler,
  });
}

const queueHandlers = {
  planRun: { queueName: plans, handler: planRunHandler(plan) },
  syncBatch: { queueName: batches, handler: syncBatchHandler(send) },
  syncBatchUrgent: { queueName: urgentBatches, handler: syncBatchHandler(send) },
  monitorRun: { queueName: monitor, handler: monitorRunHandler(look) },
};
for (const [name, options] of Object.entries(queueHandlers)) {
  app.storageQueue(name, { ...options, connection });
}

const failPlan = failUnplannedRun(ports);
const revive = reviveMonitor(ports);
const recordPoisoned = poisonHandler(parseBatchEntry, recordPoisonedBatch(ports));
const poisonHandlers = {
  planRunPoison: {
    queueName: plans,
    handler: poisonHandler(parseRunEntry, ({ runId }, log) => failPlan(runId, log)),
  },
  syncBatchPoison: { queueName: batches, handler: recordPoisoned },
  syncBatchUrgentPoison: { queueName: urgentBatches, handler: recordPoisoned },
  monitorRunPoison: {
    queueName: monitor,
    handler: poisonHandler(parseRunEntry, ({ runId }, log) => revive(runId, log)),
  },
};
for (const [name, { queueName, handler }] of Object.entries(poisonHandlers)) {
  app.storageQueue(name, { queueName: `${queueName}-poison`, handler, connection });
}
