import { formatDateTime } from '../fleet/device-properties.ts';
import { createGuids } from '../guid.ts';
import type { PropertyReader } from '../odata/read-entity.ts';

/** The two ways in which a connector can be told to sync. */
export const connectorSyncTypes = ['fullSync', 'deltaSync'] as const;

export type ConnectorSyncType = (typeof connectorSyncTypes)[number];

/** A sync that was accepted. */
export interface ConnectorSync {
  /** Milliseconds since 1970. */
  at: number;
  syncType: ConnectorSyncType;
}

/** The tenant's Exchange connectors, by index. */
export interface Connectors {
  count: number;
  indexOf(id: string): number | undefined;
  /** Graph's deviceManagementExchangeConnector as it is at `now`, one reader per property. */
  properties: ReadonlyMap<string, PropertyReader>;
  /** Accepts a sync, which is done a simulated minute later. */
  sync(index: number, syncType: ConnectorSyncType, at: number): void;
  /** The accepted syncs, oldest first. */
  syncsOf(index: number): readonly ConnectorSync[];
}

export interface ConnectorsSettings {
  count: number;
  seed: number;
  /** When the simulation began, milliseconds since 1970; the last syncs lie a day before. */
  startedAt: number;
  /** Simulated milliseconds per real one. */
  clockScale: number;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** Connectors that are all connected. In a real tenant they are gone or disconnected since 2024. */
export function createConnectors(settings: ConnectorsSettings): Connectors {
  const { count, clockScale, startedAt } = settings;
  const idOf = createGuids(settings.seed, 'exchangeConnector');
  const ids = Array.from({ length: count }, (_, index) => idOf(index));
  const syncs: ConnectorSync[][] = ids.map(() => []);
  const syncsOf = (index: number) => syncs[index] ?? [];

  function lastSyncAt(index: number, now: number): number {
    const done = syncsOf(index)
      .map(({ at }) => Math.ceil(at + minuteMs / clockScale))
      .filter((at) => at <= now);
    return Math.max(startedAt - dayMs, ...done);
  }
  const server = (index: number) => `exchange${index + 1}.example.com`;
  const constant = (value: unknown) => () => value;

  return {
    count,
    indexOf(id) {
      const index = ids.indexOf(id.toLowerCase());
      return index === -1 ? undefined : index;
    },
    properties: new Map<string, PropertyReader>([
      ['id', (index) => ids[index]],
      ['lastSyncDateTime', (index, now) => formatDateTime(lastSyncAt(index, now))],
      ['status', constant('connected')],
      ['primarySmtpAddress', (index) => `connector${index + 1}@example.com`],
      ['serverName', server],
      ['connectorServerName', server],
      ['exchangeConnectorType', constant('onPremises')],
      ['version', constant('5.0.6000.0')],
      ['exchangeAlias', (index) => `exchange${index + 1}`],
      ['exchangeOrganization', constant('example.com')],
    ]),
    sync: (index, syncType, at) => void syncs[index]?.push({ at, syncType }),
    syncsOf,
  };
}
