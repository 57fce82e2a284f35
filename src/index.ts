import { app } from '@azure/functions';
import { createClients } from './clients.ts';
import { readConfig } from './config.ts';
import { getRunHandler } from './functions/http/get-run.ts';
import { healthHandler } from './functions/http/health.ts';
import { startRunHandler } from './functions/http/start-run.ts';
import { monitorRunHandler } from './functions/monitor-run.ts';
import { planRunHandler } from './functions/plan-run.ts';
import { poisonHandler } from './functions/poison.ts';
import { parseBatchEntry, parseRunEntry } from './functions/queue-entry.ts';
import { scheduledSyncHandler } from './functions/scheduled-sync.ts';
import { syncBatchHandler } from './functions/sync-batch.ts';
import { watchdogHandler } from './functions/watchdog.ts';
import { queueNames } from './adapters/queue/queues.ts';
import { checkHealth } from './use-cases/check-health.ts';
import { failUnplannedRun, recordPoisonedBatch, reviveMonitor } from './use-cases/handle-poison.ts';
import { monitorRun } from './use-cases/monitor-run.ts';
import { planRun } from './use-cases/plan-run.ts';
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

/** The setting that names the storage account, for queue triggers. */
const connection = 'AzureWebJobsStorage';
const { plans, batches, urgentBatches, monitor } = queueNames;

app.timer('scheduledSync', {
  schedule: sync.schedule,
  handler: scheduledSyncHandler(start, plan),
});
app.timer('watchdog', { schedule: '0 */15 * * * *', handler: watchdogHandler(watchRuns(ports)) });

app.http('startRun', {
  methods: ['POST'],
  route: 'runs',
  authLevel: 'function',
  handler: startRunHandler(start, now),
});
app.http('getRun', {
  methods: ['GET'],
  route: 'runs/{id}',
  authLevel: 'function',
  handler: getRunHandler(ports.runs, now),
});
app.http('health', {
  methods: ['GET'],
  route: 'health',
  authLevel: 'anonymous',
  handler: healthHandler(checkHealth(checks)),
});

const queueHandlers = {
  planRun: { queueName: plans, handler: planRunHandler(plan) },
  syncBatch: { queueName: batches, handler: syncBatchHandler(send) },
  syncBatchUrgent: { queueName: urgentBatches, handler: syncBatchHandler(send) },
  monitorRun: { queueName: monitor, handler: monitorRunHandler(monitorRun(ports)) },
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
