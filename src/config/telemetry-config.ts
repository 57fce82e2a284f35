import type { Settings } from '../schemas/settings-schema.ts';

/** Where metrics go, and as whom. */
export interface TelemetryConfig {
  /** `undefined`: metrics go to the log only. */
  readonly connectionString: string | undefined;
  readonly usesIdentity: boolean;
  /** The identity for telemetry, when it is another one than the app's. */
  readonly clientId: string | undefined;
}

/** Application Insights as the platform's own two settings describe it. */
export function telemetryOf(settings: Settings): TelemetryConfig {
  const authentication = settings.APPLICATIONINSIGHTS_AUTHENTICATION_STRING;
  return {
    connectionString: settings.APPLICATIONINSIGHTS_CONNECTION_STRING,
    usesIdentity: authentication !== undefined,
    clientId: /ClientId=(.+)$/i.exec(authentication ?? '')?.[1] ?? settings.AZURE_CLIENT_ID,
  };
}
