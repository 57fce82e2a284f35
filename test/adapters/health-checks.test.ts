import { RestError } from '@azure/data-tables';
import { describe, expect, it } from 'vitest';
import { healthChecks } from '../../src/adapters/health-checks.ts';
import { GraphToken } from '../../src/adapters/identity/graph-token.ts';
import { StorageRunQueue } from '../../src/adapters/queue/storage-run-queue.ts';
import { TableRunStore } from '../../src/adapters/table/table-run-store.ts';
import { LIST_DEVICES_ROLE } from '../../src/core/roles.ts';
import { aRun, syncCommand } from '../support/factories.ts';
import { aTable, someQueues } from '../support/storage.ts';

const runs = aTable();
const queues = someQueues();
const signal = AbortSignal.timeout(10_000);

/** The checks of an app with these roles, over storage in which nothing was made yet. */
function checksWith(roles: readonly string[]) {
  const claims = Buffer.from(JSON.stringify({ roles })).toString('base64url');
  const token = new GraphToken({
    credential: {
      getToken: () => Promise.resolve({ token: `x.${claims}.`, expiresOnTimestamp: 0 }),
    },
    resource: 'https://graph.example',
  });
  return healthChecks({ runs, queues, token, role: syncCommand.role });
}

const {
  tables,
  queues: queueCheck,
  graphToken,
} = checksWith([LIST_DEVICES_ROLE, syncCommand.role]);

describe('the checks of the dependencies', () => {
  it('are of tables, queues and the token', () => {
    expect(Object.keys(checksWith([]))).toEqual(['tables', 'queues', 'graphToken']);
  });

  it('find nothing amiss before the first run made tables and queues', async () => {
    expect(await tables?.(signal)).toBeUndefined();
    expect(await queueCheck?.(signal)).toBeUndefined();
  });

  it('find nothing amiss afterwards', async () => {
    await new TableRunStore(runs).create(aRun());
    await new StorageRunQueue(queues).enqueuePlan(aRun().id, 0);
    expect(await tables?.(signal)).toBeUndefined();
    expect(await queueCheck?.(signal)).toBeUndefined();
  });

  it('fail when storage does not answer', async () => {
    const client = aTable();
    const down = new RestError('refused', { code: 'REQUEST_SEND_ERROR' });
    client.pipeline.addPolicy({ name: 'down', sendRequest: () => Promise.reject(down) });
    const token = new GraphToken({ credential: noCredential, resource: '' });
    const checks = healthChecks({ runs: client, queues, token, role: '' });
    await expect(checks['tables']?.(signal)).rejects.toThrow('refused');
  });

  it('give up when they are told to', async () => {
    const gone = AbortSignal.abort();
    await expect(tables?.(gone)).rejects.toThrow();
    await expect(queueCheck?.(gone)).rejects.toThrow();
  });

  it('find nothing amiss with a token that has every permission', async () => {
    expect(await graphToken?.(signal)).toBeUndefined();
  });

  it('name the permissions that a token lacks', async () => {
    const { graphToken: check } = checksWith([]);
    expect(await check?.(signal)).toBe(
      `the managed identity lacks the permission ${LIST_DEVICES_ROLE} and ${syncCommand.role}`,
    );
  });
});

const noCredential = { getToken: () => Promise.resolve(null) };
