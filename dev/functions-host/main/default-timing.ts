import type { HostTiming } from '../protocol.ts';
import { DEFAULT_VISIBILITY } from '../queue/hold-message.ts';
import type { Environment } from '../settings/environment.ts';

/** The real host's times; it shortens a timer's lease in Development, so restarts wait less. */
export function defaultTiming(environment: Environment): HostTiming {
  const isDevelopment = environment['AZURE_FUNCTIONS_ENVIRONMENT'] === 'Development';
  return {
    ...DEFAULT_VISIBILITY,
    leaseMs: isDevelopment ? 15_000 : 60_000,
    lockRetryMs: 60_000,
  };
}
