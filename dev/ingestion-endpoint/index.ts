/** Where Application Insights telemetry goes, on loopback. Other parts import from here only. */
export {
  startIngestionEndpoint,
  type IngestionEndpoint,
  type IngestionEndpointOptions,
} from './ingestion-endpoint.ts';
export type { ReceivedEvent, ReceivedMetric } from './envelope.ts';
