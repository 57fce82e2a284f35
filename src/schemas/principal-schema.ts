import { z } from 'zod';
import type { Claims } from '../core/claims.ts';
import { claimsSchema } from './claims-schema.ts';

/** The names that App Service Authentication may give a claim instead of its own. */
const longNames: Readonly<Record<string, string>> = {
  'http://schemas.microsoft.com/identity/claims/tenantid': 'tid',
  'http://schemas.microsoft.com/identity/claims/objectidentifier': 'oid',
  'http://schemas.microsoft.com/identity/claims/scope': 'scp',
  'http://schemas.microsoft.com/ws/2008/06/identity/claims/role': 'roles',
};

const principalSchema = z.object({
  /** Of the identity providers it knows, the one for Entra ID. */
  auth_typ: z.literal('aad'),
  role_typ: z.string().optional(),
  claims: z.array(z.object({ typ: z.string(), val: z.string() })).max(500),
});

/**
 * The header `x-ms-client-principal`: base64 of JSON
 * (learn.microsoft.com/azure/app-service/configure-authentication-user-identities).
 *
 * @returns `undefined` when it is anything else, or says a thing twice that can be one way only
 */
export function parsePrincipal(header: string): Claims | undefined {
  const principal = principalSchema.safeParse(decode(header));
  if (!principal.success) return undefined;
  const { claims, role_typ: roleName } = principal.data;
  const values = new Map<string, Set<string>>();
  for (const { typ, val } of claims) {
    const name = typ === roleName ? 'roles' : (longNames[typ] ?? typ);
    values.set(name, (values.get(name) ?? new Set()).add(val));
  }
  const { roles = [], ...single } = Object.fromEntries(
    [...values].map(([name, given]) => [name, [...given]]),
  );
  const only = Object.entries(single).map(([name, given]) => [
    name,
    given.length === 1 ? given[0] : given,
  ]);
  const parsed = claimsSchema.safeParse({ ...Object.fromEntries(only), roles });
  return parsed.success ? parsed.data : undefined;
}

function decode(header: string): unknown {
  try {
    return JSON.parse(Buffer.from(header, 'base64').toString());
  } catch {
    return undefined;
  }
}
