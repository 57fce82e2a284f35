import { z } from 'zod';
import { ConfigurationError } from './configuration-error.ts';
import type { Environment } from './environment.ts';
import { applyHostJsonOverrides } from './host-json-overrides.ts';
import { parseTimeSpan } from './time-span.ts';

/** `extensions.queues` of host.json, times in milliseconds. */
export interface QueueSettings {
  /** Messages fetched at once, 1-32. Default 16. */
  batchSize: number;
  /** The next fetch waits until so many or fewer are being worked on. Default half of batchSize. */
  newBatchThreshold: number;
  /** Longest wait between two polls of an empty queue. Default 1 min, 2 s in Development. */
  maxPollingIntervalMs: number;
  /** How long a message stays hidden after a failed attempt. Default 0. */
  visibilityTimeoutMs: number;
  /** Attempts before a message is moved to the poison queue. Default 5. */
  maxDequeueCount: number;
  /** How the text of a message is encoded. Default base64. */
  messageEncoding: 'base64' | 'none';
}

/** What this host reads from host.json. */
export interface HostSettings {
  /** Longest run of one invocation; null when unlimited (`-1`). Default 30 min, as on Flex. */
  functionTimeoutMs: number | null;
  /** First path segment of every HTTP function, may be empty. Default `api`. */
  routePrefix: string;
  queues: QueueSettings;
}

const timeSpan = z.string().transform((text, context) => {
  const milliseconds = parseTimeSpan(text);
  if (milliseconds !== undefined) return milliseconds;
  context.addIssue({ code: 'custom', message: `'${text}' is not a time such as "00:05:00"` });
  return z.NEVER;
});

const queues = z.object({
  batchSize: z.coerce.number().int().min(1).max(32).default(16),
  newBatchThreshold: z.coerce.number().int().min(0).optional(),
  // The real host refuses less than 100 ms, the shortest wait between two polls.
  maxPollingInterval: timeSpan.pipe(z.number().min(100, 'at least "00:00:00.100"')).optional(),
  visibilityTimeout: timeSpan.default(0),
  maxDequeueCount: z.coerce.number().int().min(1).default(5),
  messageEncoding: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['base64', 'none']))
    .default('base64'),
});

const unlimited = z.literal('-1').transform(() => null);
const hostJsonSchema = z.object({
  version: z.literal('2.0', 'must be "2.0"'),
  functionTimeout: z
    .string()
    .pipe(z.union([unlimited, timeSpan], 'give a time such as "00:05:00", or "-1" for no limit'))
    .default(30 * 60_000),
  extensions: z
    .object({
      http: z.object({ routePrefix: z.string().default('api') }).prefault({}),
      queues: queues.prefault({}),
    })
    .prefault({}),
});

/**
 * Reads the settings of host.json and the `AzureFunctionsJobHost__*` settings laid over them.
 *
 * @param hostJson the parsed file; undefined when there is none
 * @throws ConfigurationError naming each bad field
 */
export function parseHostJson(hostJson: unknown, environment: Environment): HostSettings {
  if (hostJson === undefined) {
    throw new ConfigurationError('host.json is missing; the least it holds is {"version":"2.0"}');
  }
  const parsed = hostJsonSchema.safeParse(applyHostJsonOverrides(hostJson, environment));
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) => `  ${path.join('.')}: ${message}`,
    );
    throw new ConfigurationError(`host.json cannot be used:\n${problems.join('\n')}`);
  }
  const { functionTimeout, extensions } = parsed.data;
  const { maxPollingInterval, visibilityTimeout, newBatchThreshold, ...rest } = extensions.queues;
  const isDevelopment = environment['AZURE_FUNCTIONS_ENVIRONMENT'] === 'Development';
  return {
    functionTimeoutMs: functionTimeout,
    routePrefix: extensions.http.routePrefix.replace(/^\/+|\/+$/g, ''),
    queues: {
      ...rest,
      newBatchThreshold: newBatchThreshold ?? Math.floor(rest.batchSize / 2),
      maxPollingIntervalMs: maxPollingInterval ?? (isDevelopment ? 2_000 : 60_000),
      visibilityTimeoutMs: visibilityTimeout,
    },
  };
}
