import type { Telemetry } from '../../use-cases/ports.ts';

/**
 * Metrics for an app without Application Insights: one line of JSON each time, on standard output,
 * which the host takes into its log.
 */
export const logTelemetry: Telemetry = {
  emit({ metrics, properties, event }) {
    const line = { metrics, properties, ...(event === undefined ? {} : { event: event.name }) };
    process.stdout.write(`${JSON.stringify(line)}\n`);
    return Promise.resolve();
  },
};
