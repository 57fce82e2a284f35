import { z } from 'zod';
import type { Claims } from '../core/claims.ts';

const id = z.guid().toLowerCase();

/**
 * The claims of an access token, as Entra ID names them
 * (learn.microsoft.com/entra/identity-platform/access-token-claims-reference): `azp` in tokens of
 * version 2 is `appid` in version 1. `idtyp` is an optional claim; without it, a token that grants no
 * delegated permission (`scp`) and was asked for by an application is that application's own.
 */
export const claimsSchema = z
  .object({
    iss: z.string(),
    aud: z.string(),
    tid: id,
    oid: id,
    azp: id.optional(),
    appid: id.optional(),
    idtyp: z.string().optional(),
    scp: z.string().optional(),
    roles: z.array(z.string()).default([]),
  })
  .transform(({ iss, aud, tid, oid, azp, appid, idtyp, scp, roles }): Claims => {
    const appId = azp ?? appid;
    return {
      issuer: iss,
      audience: aud,
      tenantId: tid,
      objectId: oid,
      appId,
      isApp: appId !== undefined && (idtyp === undefined ? scp === undefined : idtyp === 'app'),
      roles,
    };
  });
