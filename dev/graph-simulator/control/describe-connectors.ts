import type { Connectors } from '../exchange/connectors.ts';
import { formatDateTime } from '../fleet/device-properties.ts';
import { readEntity } from '../odata/read-entity.ts';

/** The connectors as Graph shows them at `now`, with the syncs they accepted, oldest first. */
export function describeConnectors(connectors: Connectors, now: number) {
  const names = [...connectors.properties.keys()];
  return Array.from({ length: connectors.count }, (_, index) => ({
    ...readEntity(connectors.properties, names, index, now),
    syncs: connectors
      .syncsOf(index)
      .map(({ at, syncType }) => ({ at: formatDateTime(at), syncType })),
  }));
}
