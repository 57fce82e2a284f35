import { setTimeout as sleep } from 'node:timers/promises';
import { RestError, TableClient } from '@azure/data-tables';
import type { Environment } from '../environment/index.ts';

/** How often the table is looked at, in milliseconds. */
const intervalMs = 200;

/**
 * Waits for a run that is not `previousId` and returns its id. Firing a timer by hand tells nothing
 * about the run it starts, so the row with the newest id is read from the app's table.
 *
 * @throws Error after `timeoutMs`.
 */
export async function untilNewRun(
  environment: Pick<Environment, 'azurite' | 'identity' | 'certificate'>,
  { previousId, timeoutMs, signal }: NewRunOptions,
): Promise<string> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const id = await newestRunId(environment);
    if (id !== undefined && id !== previousId) return id;
    if (performance.now() > deadline) {
      throw new Error(
        `The timer function was fired, but no run began within ${timeoutMs / 1000} s.`,
      );
    }
    await sleep(intervalMs, undefined, { signal });
  }
}

interface NewRunOptions {
  /** The newest run before the new one, if there was any. */
  previousId: string | undefined;
  timeoutMs: number;
  signal: AbortSignal;
}

/** The id of the newest run; undefined when there is none, or no table yet. */
export async function newestRunId({
  azurite,
  identity,
  certificate,
}: Pick<Environment, 'azurite' | 'identity' | 'certificate'>): Promise<string | undefined> {
  const credential = {
    getToken: () => {
      const { token, expiresOn } = identity.issueToken('https://storage.azure.com');
      return Promise.resolve({ token, expiresOnTimestamp: expiresOn * 1000 });
    },
  };
  // This process was not started with NODE_EXTRA_CA_CERTS, so the client is told whom to trust.
  const tlsOptions = { ca: certificate };
  const client = new TableClient(azurite.tableServiceUri, 'Runs', credential, { tlsOptions });
  const filter = "PartitionKey eq 'run'";
  const rows = client.listEntities({ queryOptions: { filter, select: ['RowKey'] } });
  try {
    // Run ids sort newest first.
    const first = await rows.byPage({ maxPageSize: 1 }).next();
    return first.done === true ? undefined : first.value[0]?.rowKey;
  } catch (error) {
    if (error instanceof RestError && error.statusCode === 404) return undefined;
    throw error;
  }
}
