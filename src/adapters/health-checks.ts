import type { TableClient } from '@azure/data-tables';
import type { QueueServiceClient } from '@azure/storage-queue';
import { missingRoles } from '../core/roles.ts';
import type { DependencyChecks } from '../use-cases/ports.ts';
import type { GraphToken } from './identity/graph-token.ts';
import { queueNames } from './queue/queues.ts';
import { isNotFound } from './table/tables.ts';

/** Checks of what the app depends on. A table or queue that is not there yet is made when needed. */
export function healthChecks(dependencies: {
  runs: TableClient;
  queues: QueueServiceClient;
  token: GraphToken;
  /** The app role of what runs send. */
  role: string;
}): DependencyChecks {
  const { runs, queues, token, role } = dependencies;
  return {
    async tables(abortSignal) {
      try {
        await runs.listEntities({ abortSignal }).byPage({ maxPageSize: 1 }).next();
      } catch (error) {
        if (!isNotFound(error)) throw error;
      }
      return undefined;
    },
    async queues(abortSignal) {
      await queues.getQueueClient(queueNames.plans).exists({ abortSignal });
      return undefined;
    },
    async graphToken() {
      const missing = missingRoles(await token.roles(), { actionRole: role });
      if (missing.length === 0) return undefined;
      return `the managed identity lacks the permission ${missing.join(' and ')}`;
    },
  };
}
