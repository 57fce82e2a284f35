import { z } from 'zod';
import { sendModes } from '../core/batch.ts';
import { isLoopbackHttps } from '../core/loopback-https.ts';
import { parseNcrontab } from '../schedule/ncrontab.ts';
import { alertRulesSchema } from './alert-rules-schema.ts';
import { authSettings, checkAuthSettings } from './auth-settings.ts';
import { jsonSetting } from './json-setting.ts';
import { scopeSchema } from './scope-schema.ts';
import { isPlainHttps } from './secure-address.ts';
import { verifyAfterSchema } from './verify-after-schema.ts';

/** A number setting with its bounds, and the default when it is absent or empty. */
function numeric(fallback: number, min: number, max: number, isWhole = false) {
  return numberText({ example: fallback, min, max, isWhole }).prefault(String(fallback));
}

/** A number as text. */
function numberText({ example, min, max, isWhole }: NumberBounds) {
  const kind = isWhole ? 'a whole number' : 'a number';
  const message = `must be ${kind} from ${min} to ${max}, for example ${example}`;
  const number = isWhole ? z.int(message) : z.number(message);
  return z
    .string()
    .transform((text) => (/^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN))
    .pipe(number.min(min, message).max(max, message));
}

interface NumberBounds {
  readonly example: number;
  readonly min: number;
  readonly max: number;
  readonly isWhole: boolean;
}

const cloud = z
  .enum(['public', 'usGov', 'usGovDoD', 'china'], {
    error: 'must be public, usGov, usGovDoD or china',
  })
  .default('public');

const endpoint = z
  .string()
  .refine(isLoopbackHttps, {
    error:
      'must be https on a loopback address, for example https://127.0.0.1:8443; leave it unset in Azure',
  })
  .transform((text) => new URL(text).origin)
  .optional();

const schedule = z.string().default('0 0 2 * * 0').refine(isSchedule, {
  error:
    'must be an NCRONTAB expression of six fields, for example 0 0 2 * * 0 (Sundays, 02:00 UTC)',
});

/** The scope of the scheduled run. */
const scope = jsonSetting(scopeSchema, { what: 'a scope', example: '{"platforms":["windows"]}' });

/** What alert rules do, by their names. A map: a rule may be called `constructor`. */
const alertRules = jsonSetting(alertRulesSchema, {
  what: 'alert rules',
  example: '{"compromised-policy":{"scope":{"platforms":["windows"]}}}',
}).transform((rules) => new Map(Object.entries(rules)));

const clientIdError =
  'must be the client id of the user-assigned identity, for example 12345678-1234-4234-8234-123456789abc';

/** The address of a service of the storage account. */
function serviceUri(service: 'queue' | 'table') {
  const error = `must be an https address, for example https://myaccount.${service}.core.windows.net`;
  return z.url({ protocol: /^https$/, error });
}

const connectionString = z.string().regex(/InstrumentationKey=/i, {
  error:
    'must be the connection string of an Application Insights component (InstrumentationKey=…;IngestionEndpoint=…)',
});

/** Its path and query are a secret; a user name would have to be sent by other means. */
const webhookUrl = z
  .string()
  .trim()
  .refine(isPlainHttps, {
    error:
      'must be an https address without a user name, for example ' +
      'https://example.com/workflows/notify?sig=secret',
  });

/** What the host calls the app: `my-app.azurewebsites.net`, or on loopback `localhost:7071`. */
const hostname = z.string().regex(/^[a-z0-9.-]+(:\d+)?$/i, {
  error: 'must be a host name, for example my-app.azurewebsites.net',
});

/** The settings of the app as its environment holds them: texts, each with its default. */
const settings = z.object({
  ...authSettings,
  AzureWebJobsStorage: z.string().optional(),
  AzureWebJobsStorage__queueServiceUri: serviceUri('queue').optional(),
  AzureWebJobsStorage__tableServiceUri: serviceUri('table').optional(),
  AZURE_CLIENT_ID: z.guid({ error: clientIdError }).optional(),
  AzureWebJobsStorage__clientId: z.guid({ error: clientIdError }).optional(),
  GRAPH_CLOUD: cloud,
  GRAPH_ENDPOINT: endpoint,
  SYNC_SCHEDULE: schedule,
  SYNC_BATCH_SIZE: numeric(50, 1, 98, true),
  SYNC_BATCH_DELAY_SECONDS: numeric(0, 0, 3600),
  SYNC_MAX_RETRIES: numeric(5, 0, 20, true),
  SYNC_INITIAL_BACKOFF_SECONDS: numeric(5, 0.1, 3600),
  SYNC_MAX_BACKOFF_SECONDS: numeric(300, 0.1, 3600),
  SYNC_WRITES_PER_SECOND: numeric(8, 0.1, 20),
  SYNC_SEND_MODE: z
    .enum(sendModes, { error: 'must be perDevice or bulk, for example perDevice' })
    .default('perDevice'),
  SYNC_RUN_DEADLINE_HOURS: numeric(24, 1, 168),
  SYNC_SCOPE: scope,
  SYNC_SKIP_SYNCED_WITHIN_MINUTES: numeric(15, 0, 525_600),
  SYNC_MAX_DEVICES: numberText({
    example: 10_000_000,
    min: 1,
    max: 10_000_000,
    isWhole: true,
  }).optional(),
  SYNC_RETENTION_DAYS: numeric(90, 1, 3_650),
  SYNC_ALERT_RULES: alertRules,
  SYNC_STARTS_PER_MINUTE: numeric(10, 1, 10_000, true),
  NOTIFY_WEBHOOK_URL: webhookUrl.optional(),
  NOTIFY_FORMAT: z
    .enum(['adaptiveCard', 'json'], { error: 'must be adaptiveCard or json' })
    .default('adaptiveCard'),
  WEBSITE_HOSTNAME: hostname.optional(),
  VERIFY_AFTER: verifyAfterSchema,
  APPLICATIONINSIGHTS_CONNECTION_STRING: connectionString.optional(),
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: z
    .string()
    .regex(/^Authorization=AAD(;ClientId=[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$/i, {
      error: 'must be Authorization=AAD, or Authorization=AAD;ClientId= and a client id',
    })
    .optional(),
});

export const settingsSchema = settings.superRefine(checkAuthSettings);

export type Settings = z.output<typeof settingsSchema>;

function isSchedule(text: string): boolean {
  try {
    parseNcrontab(text);
    return text.trim().split(/\s+/).length === 6;
  } catch {
    return false;
  }
}
