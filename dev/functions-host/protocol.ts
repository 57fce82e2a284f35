import { z } from 'zod';
import { LOG_LEVELS } from './log/log.ts';
import type { HostSettings } from './settings/host-json.ts';

/*
 * What the host's process and its instances tell each other over the IPC channel.
 */

/** Times that only tests change; all in milliseconds. */
export interface HostTiming {
  /** A received message is hidden for so long. Default 10 min. */
  visibilityMs: number;
  /** Its invisibility is renewed so often. Default 5 min. */
  renewEveryMs: number;
  /** Lease of a timer's lock, 15,000-60,000. Default 15 s in Development, else 60 s. */
  leaseMs: number;
  /** An instance without the lock asks for it so often. Default 60 s. */
  lockRetryMs: number;
}

/** What an instance is started with. */
export interface InstanceConfig {
  appDirectory: string;
  /** The app's entry files, absolute. */
  entryFiles: string[];
  isModulePackage: boolean;
  hostSettings: HostSettings;
  hostId: string;
  hostKey: string;
  /** Certificates to trust beside those of the environment. */
  certificateFile?: string;
  /** Where clients reach the host. */
  origin: string;
  timing: HostTiming;
}

/** From the host to an instance. */
export type HostMessage =
  { type: 'start'; config: InstanceConfig } | { type: 'stop'; graceMs: number };

const functionSummary = z.object({
  name: z.string(),
  kind: z.enum(['http', 'queue', 'timer']),
  /** Methods, and where it is triggered from: a path, a queue's name, a schedule. */
  methods: z.array(z.string()),
  source: z.string(),
  isDisabled: z.boolean(),
});

/** A function as the host lists it. `source` is a path, a queue's name or a schedule. */
export type FunctionSummary = z.infer<typeof functionSummary>;

const logEntry = z.object({
  level: z.enum(LOG_LEVELS),
  message: z.string(),
  functionName: z.string().optional(),
  invocationId: z.string().optional(),
});

/** From an instance to the host. Parsed, because the app shares the channel and may use it too. */
export const instanceMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('log'), entry: logEntry }),
  z.object({ type: z.literal('ready'), port: z.number(), functions: z.array(functionSummary) }),
  /** The app could not be loaded; `error` is what to show. */
  z.object({ type: z.literal('failed'), error: z.string() }),
  /** Takes no further requests. */
  z.object({ type: z.literal('draining') }),
]);

/** From an instance to the host. */
export type InstanceMessage = z.infer<typeof instanceMessageSchema>;
