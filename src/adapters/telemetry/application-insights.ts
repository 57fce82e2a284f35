import type { TokenCredential } from '@azure/identity';
import type { TelemetryClient } from 'applicationinsights';
import type { Telemetry } from '../../use-cases/ports.ts';
import { type PipelinePolicy, deliveryRecord } from './delivery-record.ts';

export interface ApplicationInsightsOptions {
  readonly connectionString: string;
  /** Set when the component takes Entra tokens only. */
  readonly credential?: TokenCredential;
}

const off = { enabled: false };
const noInstrumentation = {
  azureSdk: off,
  bunyan: off,
  http: off,
  mongoDb: off,
  mySql: off,
  postgreSql: off,
  redis: off,
  redis4: off,
  winston: off,
};

/** Handing over takes some 50 ms; a run's end must not hang on it. */
const FLUSH_TIMEOUT_MS = 10_000;

/**
 * Custom metrics and events through `applicationinsights`. The library is loaded at the first emit,
 * since it would triple the time to the first function; everything it collects by itself is off,
 * since the Functions host reports requests, traces and exceptions already.
 */
export class ApplicationInsightsTelemetry implements Telemetry {
  readonly #options: ApplicationInsightsOptions;
  readonly #deliveries = deliveryRecord();
  #client: Promise<TelemetryClient> | undefined;

  constructor(options: ApplicationInsightsOptions) {
    this.#options = options;
  }

  async emit({ metrics, properties, event }: Parameters<Telemetry['emit']>[0]): Promise<void> {
    const client = await this.#connect();
    const sinceNow = this.#deliveries.mark();
    for (const [name, value] of Object.entries(metrics)) {
      client.trackMetric({ name, value, properties });
    }
    if (event !== undefined) client.trackEvent(event);
    await withTimeout(client.flush(), FLUSH_TIMEOUT_MS);
    // The library's flush succeeds whatever became of the telemetry.
    const failure = this.#deliveries.failureSince(sinceNow);
    if (failure !== undefined) throw new Error(`Application Insights: ${failure}`);
  }

  /** The client, made at the first call; a failure to make it is not kept. */
  async #connect(): Promise<TelemetryClient> {
    this.#client ??= createClient(this.#options, this.#deliveries.policy);
    try {
      return await this.#client;
    } catch (error) {
      this.#client = undefined;
      throw error;
    }
  }
}

async function createClient(
  { connectionString, credential }: ApplicationInsightsOptions,
  policy: PipelinePolicy,
): Promise<TelemetryClient> {
  // The library reports its own use to Microsoft unless told not to.
  process.env['APPLICATION_INSIGHTS_NO_STATSBEAT'] ??= 'true';
  process.env['APPLICATIONINSIGHTS_OPENTELEMETRY_RESOURCE_METRIC_DISABLED'] ??= 'true';
  const { TelemetryClient } = await import('applicationinsights');
  const client = new TelemetryClient(connectionString, { useGlobalProviders: false });
  const { config } = client;
  config.enableAutoCollectConsole = false;
  config.enableAutoCollectDependencies = false;
  config.enableAutoCollectExceptions = false;
  config.enableAutoCollectPerformance = false;
  config.enableAutoCollectPreAggregatedMetrics = false;
  config.enableAutoCollectRequests = false;
  config.enableSendLiveMetrics = false;
  config.azureMonitorOpenTelemetryOptions = {
    instrumentationOptions: noInstrumentation,
    azureMonitorExporterOptions: {
      connectionString,
      // Kept on disk, metrics would arrive later from an instance that may be gone by then.
      disableOfflineStorage: true,
      additionalPolicies: [{ policy, position: 'perCall' }],
      ...(credential === undefined ? {} : { credential }),
    },
  };
  return client;
}

async function withTimeout(work: Promise<unknown>, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`telemetry was not handed over within ${timeoutMs / 1000} s`));
    }, timeoutMs);
  });
  try {
    await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
