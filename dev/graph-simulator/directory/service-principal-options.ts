import { z } from 'zod';
import { guid } from './group-options.ts';

const servicePrincipalSchema = z.strictObject({
  /** The object id, a GUID. */
  id: guid,
  /** The application (client) id, a GUID. */
  appId: guid,
  displayName: z.string(),
  servicePrincipalType: z.enum(['ManagedIdentity', 'Application']).default('ManagedIdentity'),
  /** Values of the app roles of Microsoft Graph that it holds from the start. Default none. */
  graphRoles: z.array(z.string()).default([]),
  /** So many app roles of other APIs besides, all listed before those of Graph. Default 0. */
  otherRoles: z.int().min(0).max(1000).default(0),
});

/** The service principals of a tenant, besides Microsoft Graph's own. */
export const servicePrincipalsSchema = z.array(servicePrincipalSchema).max(100);

/** A service principal as a caller describes it: ids and a name are required. */
export type ServicePrincipalOptions = z.input<typeof servicePrincipalSchema>;

/** A service principal with every default filled in. */
export type ServicePrincipalSettings = z.output<typeof servicePrincipalSchema>;
