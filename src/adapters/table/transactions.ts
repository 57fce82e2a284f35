import type { TableClient, TableEntity } from '@azure/data-tables';

/** A transaction takes 100 entities and 4 MiB; half of that leaves room for its framing. */
const MAX_ENTITIES = 100;
const MAX_BYTES = 2 * 1024 * 1024;

/** Groups entities of one partition into as few transactions as the limits allow, in order. */
export function* inTransactions<T extends TableEntity>(entities: Iterable<T>): Generator<T[]> {
  let group: T[] = [];
  let bytes = 0;
  for (const entity of entities) {
    const size = sizeOf(entity);
    if (group.length === MAX_ENTITIES || (group.length > 0 && bytes + size > MAX_BYTES)) {
      yield group;
      group = [];
      bytes = 0;
    }
    group.push(entity);
    bytes += size;
  }
  if (group.length > 0) yield group;
}

/** About what an entity weighs, bytes: its texts, which are nearly all of it, and their framing. */
function sizeOf(entity: TableEntity): number {
  let size = 0;
  for (const [name, value] of Object.entries(entity)) {
    size += name.length + 16 + (typeof value === 'string' ? Buffer.byteLength(value) : 0);
  }
  return size;
}

/** Creates entities of one partition; fails when one of them exists. */
export async function createAll(
  client: TableClient,
  entities: Iterable<TableEntity>,
): Promise<void> {
  for (const group of inTransactions(entities)) {
    await client.submitTransaction(group.map((entity) => ['create', entity]));
  }
}
