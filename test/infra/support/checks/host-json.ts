import { z } from 'zod';
import { type Check, type Infrastructure, textAt } from '../infrastructure.ts';
import { differs } from './require.ts';

const hostSchema = z.object({
  version: z.literal('2.0'),
  functionTimeout: z.string(),
  extensions: z.object({
    http: z.object({ routePrefix: z.string() }),
    queues: z.object({
      batchSize: z.number(),
      newBatchThreshold: z.number(),
      maxPollingInterval: z.string(),
      visibilityTimeout: z.string(),
      maxDequeueCount: z.number(),
      messageEncoding: z.string(),
    }),
  }),
  logging: z.object({
    applicationInsights: z.object({
      samplingSettings: z.object({ isEnabled: z.boolean(), excludedTypes: z.string().default('') }),
    }),
  }),
});

/** What routes begin with, below the host name. */
export function routePrefix(infrastructure: Infrastructure): string {
  const host = hostSchema.safeParse(JSON.parse(textAt(infrastructure, 'host.json') || '{}'));
  return host.data?.extensions.http.routePrefix ?? '';
}

/** The longest that Flex Consumption runs a function without being told otherwise. */
const LONGEST_RUN = '00:30:00';

/** Messages a worker takes at once: more would keep batches waiting for the shared budget on billed time. */
const MOST_AT_ONCE = 8;

export const hostIsConfigured: Check = (infrastructure) => {
  const where = 'host.json';
  const parsed = hostSchema.safeParse(JSON.parse(textAt(infrastructure, where) || '{}'));
  if (!parsed.success) return [{ where, problem: parsed.error.message }];
  const { functionTimeout, extensions, logging } = parsed.data;
  const { queues } = extensions;
  const { samplingSettings } = logging.applicationInsights;
  const sampled = ['Request', 'Exception', 'Event'].filter(
    (type) =>
      samplingSettings.isEnabled && !samplingSettings.excludedTypes.split(';').includes(type),
  );
  const problems = [
    ...(functionTimeout > LONGEST_RUN ? [`functionTimeout is over ${LONGEST_RUN}`] : []),
    ...(queues.batchSize + queues.newBatchThreshold > MOST_AT_ONCE
      ? [`a worker would take over ${MOST_AT_ONCE} messages at once`]
      : []),
    ...(queues.visibilityTimeout === '00:00:00' ? ['a failed message comes back at once'] : []),
    ...sampled.map((type) => `telemetry of the type ${type} is sampled, so that counts are wrong`),
  ];
  return [
    ...differs(where, 'extensions.queues.messageEncoding', queues.messageEncoding, 'base64'),
    ...differs(where, 'extensions.queues.maxDequeueCount', queues.maxDequeueCount, 5),
    ...problems.map((problem) => ({ where, problem })),
  ];
};
