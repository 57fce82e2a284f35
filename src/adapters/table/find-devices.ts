import { type TableClient, odata } from '@azure/data-tables';
import pMap from 'p-map';
import { DEVICE_ROWS } from './device-entity.ts';
import { MAX_ROWS, rowPages } from './row-pages.ts';
import { isNotFound } from './tables.ts';

/** Devices that are looked up at once. */
const CONCURRENCY = 16;

/**
 * Lookups that a page of a thousand keys is worth. Measured against Azurite it takes the service as
 * long as some fifty, and the app's processor as long as six.
 */
const LOOKUPS_PER_PAGE = 20;

/**
 * The devices among some that have one of some outcomes in a run. Its rows are listed, by their
 * keys alone, for as long as that tells of more devices than looking them up would.
 *
 * @param deviceIds each once, in any order
 */
export async function findDevices(
  client: TableClient,
  runId: string,
  deviceIds: readonly string[],
  outcomes: readonly string[],
): Promise<ReadonlySet<string>> {
  const wanted = deviceIds.map((id) => `${DEVICE_ROWS}${id}`).toSorted();
  const listed =
    wanted.length > LOOKUPS_PER_PAGE
      ? await findInList(client, runId, wanted, outcomes)
      : { found: [], rest: wanted };
  const hasOutcome = await pMap(listed.rest, (key) => isAmong(client, runId, key, outcomes), {
    concurrency: CONCURRENCY,
  });
  const lookedUp = listed.rest.filter((_, place) => hasOutcome[place]);
  return new Set([...listed.found, ...lookedUp].map((key) => key.slice(DEVICE_ROWS.length)));
}

/**
 * What a list of the run's rows tells.
 *
 * @param wanted row keys in their order
 * @returns `rest`: those which the list was not worth reading for
 */
async function findInList(
  client: TableClient,
  runId: string,
  wanted: readonly string[],
  outcomes: readonly string[],
): Promise<{ found: readonly string[]; rest: readonly string[] }> {
  const query = { filter: filterOf(runId, wanted, outcomes), select: ['rowKey'] };
  const found: string[] = [];
  let rest = wanted;
  for await (const page of rowPages(client, query, () => MAX_ROWS)) {
    const last = page.at(-1)?.rowKey;
    // A page may be empty, where the service looked at many rows and found none.
    if (last === undefined) continue;
    const keys = new Set(page.map(({ rowKey }) => rowKey));
    const told = rest.filter((key) => key <= last);
    found.push(...told.filter((key) => keys.has(key)));
    rest = rest.slice(told.length);
    if (told.length < LOOKUPS_PER_PAGE) return { found, rest };
  }
  return { found, rest: [] };
}

function filterOf(runId: string, wanted: readonly string[], outcomes: readonly string[]): string {
  const from = odata`PartitionKey eq ${runId} and RowKey ge ${wanted[0] ?? ''}`;
  const to = odata`RowKey le ${wanted.at(-1) ?? ''}`;
  return `${from} and ${to} and (${outcomes.map((one) => odata`outcome eq ${one}`).join(' or ')})`;
}

async function isAmong(
  client: TableClient,
  runId: string,
  rowKey: string,
  outcomes: readonly string[],
): Promise<boolean> {
  try {
    const row = await client.getEntity<{ outcome?: string }>(runId, rowKey, {
      queryOptions: { select: ['outcome'] },
    });
    return outcomes.includes(row.outcome ?? '');
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}
