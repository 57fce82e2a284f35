import { z } from 'zod';
import { isPlainHttps } from './secure-address.ts';

const tenantExample = '12345678-1234-4234-8234-123456789abc';

const audienceError =
  "must be the client id of the app's registration in Entra ID, or its application id URI, for " +
  `example ${tenantExample} or api://fleet-sync; several are separated by commas`;

const audiences = z
  .string()
  .transform((text) => text.split(',').map((audience) => audience.trim()))
  // A wildcard or a text with spaces would match nothing, or is a slip that somebody would look for.
  .pipe(z.array(z.string().regex(/^[\w.:/-]+$/, audienceError)).min(1, audienceError));

function httpsAddress(error: string) {
  return z.string().refine(isPlainHttps, { error }).optional();
}

/** The settings that say who may call. */
export const authSettings = {
  AUTH_TENANT_ID: z
    .guid({ error: `must be the id of the Entra tenant (a GUID), for example ${tenantExample}` })
    .toLowerCase()
    .optional(),
  AUTH_AUDIENCE: audiences.optional(),
  AUTH_ISSUER: httpsAddress(
    'must be the https address in the iss claim of tokens, for example ' +
      `https://login.microsoftonline.com/${tenantExample}/v2.0`,
  ),
  AUTH_JWKS_URI: httpsAddress(
    'must be the https address of the keys that sign tokens, for example ' +
      `https://login.microsoftonline.com/${tenantExample}/discovery/v2.0/keys`,
  ),
  AUTH_ALLOW_KEYS: z
    .enum(['true', 'false'], { error: 'must be true or false, for example false' })
    .default('false')
    .transform((text) => text === 'true'),
  /** Set by App Service, to `True` when App Service Authentication is on. */
  WEBSITE_AUTH_ENABLED: z.string().optional(),
  /** Set by the platform: the app's own host. */
  WEBSITE_HOSTNAME: z.string().optional(),
};

type AuthSettings = z.output<z.ZodObject<typeof authSettings>>;

/** What has to be there as soon as any setting of the family is. */
const together = {
  AUTH_TENANT_ID: `is missing beside the other AUTH_ settings: the id of the Entra tenant, for example ${tenantExample}`,
  AUTH_AUDIENCE: `is missing beside the other AUTH_ settings: the client id of the app's registration in Entra ID, for example ${tenantExample}`,
} as const;

/**
 * Whether the settings belong together. An app that was meant to ask for Entra ID and does not is
 * open to every holder of a key, so half a configuration stops the start.
 */
export function checkAuthSettings(settings: AuthSettings, context: z.core.$RefinementCtx): void {
  const { AUTH_TENANT_ID, AUTH_AUDIENCE, AUTH_ISSUER, AUTH_JWKS_URI, AUTH_ALLOW_KEYS } = settings;
  const given = [AUTH_TENANT_ID, AUTH_AUDIENCE, AUTH_ISSUER, AUTH_JWKS_URI];
  if (given.every((value) => value === undefined) && !AUTH_ALLOW_KEYS) return;
  for (const name of ['AUTH_TENANT_ID', 'AUTH_AUDIENCE'] as const) {
    if (settings[name] !== undefined) continue;
    context.addIssue({ code: 'custom', path: [name], message: together[name] });
  }
  if (AUTH_ALLOW_KEYS && settings.WEBSITE_HOSTNAME === undefined) {
    const message =
      'is missing, which the platform sets: without it AUTH_ALLOW_KEYS must be false, since the host ' +
      'cannot be asked about keys; for example fleet-sync.azurewebsites.net';
    context.addIssue({ code: 'custom', path: ['WEBSITE_HOSTNAME'], message });
  }
}
