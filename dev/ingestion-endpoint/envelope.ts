import { z } from 'zod';

/** One metric data point as Application Insights would store it. */
export interface ReceivedMetric {
  name: string;
  /** The sum of what was recorded (`valueSum` in the table customMetrics). */
  value: number;
  /** How many recordings the value sums up. */
  count: number;
  /** Smallest and largest recording; the value itself when the sender names none. */
  min: number;
  max: number;
  /** Custom dimensions. */
  properties: Record<string, string>;
  /** ISO 8601, from the envelope. */
  time: string;
}

/** One custom event. */
export interface ReceivedEvent {
  name: string;
  properties: Record<string, string>;
  measurements: Record<string, number>;
  /** ISO 8601, from the envelope. */
  time: string;
}

/** What an envelope held. `other` is telemetry that is counted, but not kept. */
export type DecodedEnvelope =
  | { kind: 'metrics'; metrics: ReceivedMetric[] }
  | { kind: 'event'; event: ReceivedEvent }
  | { kind: 'other'; baseType: string };

// The schema that both generations of the SDK send; null and absent mean the same.
const properties = z
  .record(z.string(), z.coerce.string())
  .nullish()
  .transform((value) => value ?? {});
const metricData = z.object({
  metrics: z.array(
    z.object({
      name: z.string().min(1),
      value: z.number(),
      count: z.number().nullish(),
      min: z.number().nullish(),
      max: z.number().nullish(),
    }),
  ),
  properties,
});
const eventData = z.object({
  name: z.string().min(1),
  properties,
  measurements: z
    .record(z.string(), z.number())
    .nullish()
    .transform((value) => value ?? {}),
});
const envelope = z.object({
  name: z.string(),
  time: z.iso.datetime({ offset: true }),
  iKey: z.string(),
  data: z.object({ baseType: z.string(), baseData: z.unknown() }),
});

/**
 * The SDKs' own metrics, `_OTELRESOURCE_` for one, and what they report about themselves
 * (statsbeat) are nobody's measurements.
 */
const ownMetric = /^_.*_$/;
const statsbeat = /statsbeat$/i;

/**
 * Decodes one envelope (https://github.com/microsoft/ApplicationInsights-Home, EndpointSpecs).
 *
 * @throws ZodError when it is none that Application Insights would accept.
 */
export function decodeEnvelope(entry: unknown): DecodedEnvelope {
  const { name, time, data } = envelope.parse(entry);
  const { baseType, baseData } = data;
  if (statsbeat.test(name)) return { kind: 'other', baseType };
  if (baseType === 'EventData') {
    return { kind: 'event', event: { ...eventData.parse(baseData), time } };
  }
  if (baseType !== 'MetricData') return { kind: 'other', baseType };

  const parsed = metricData.parse(baseData);
  const metrics = parsed.metrics
    .filter((metric) => !ownMetric.test(metric.name))
    .map((metric) => ({
      name: metric.name,
      value: metric.value,
      count: metric.count ?? 1,
      min: metric.min ?? metric.value,
      max: metric.max ?? metric.value,
      properties: parsed.properties,
      time,
    }));
  return metrics.length > 0 ? { kind: 'metrics', metrics } : { kind: 'other', baseType };
}
