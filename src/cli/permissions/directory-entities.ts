import { z } from 'zod';

/** Microsoft Graph's own service principal; roles that applications cannot hold are left out. */
export const graphSchema = z.object({
  id: z.guid(),
  appRoles: z
    .array(
      z.object({
        id: z.guid(),
        value: z.string().nullable(),
        isEnabled: z.boolean(),
        allowedMemberTypes: z.array(z.string()),
      }),
    )
    .transform((roles) =>
      roles.flatMap(({ id, value, isEnabled, allowedMemberTypes }) =>
        value !== null && isEnabled && allowedMemberTypes.includes('Application')
          ? [{ id, value }]
          : [],
      ),
    ),
});

export type Graph = z.infer<typeof graphSchema>;

/** The service principal of a managed identity, or of something else. */
export const principalSchema = z.object({
  id: z.guid(),
  appId: z.guid(),
  displayName: z.string().nullish(),
  servicePrincipalType: z.string().nullish(),
});

export type Principal = z.infer<typeof principalSchema>;

const assignmentSchema = z.object({
  /** 32 bytes in base64url. */
  id: z.string().regex(/^[\w-]+$/),
  appRoleId: z.guid(),
  resourceId: z.guid(),
  resourceDisplayName: z.string().nullish(),
});

/** One app role that a service principal holds, of whichever API. */
export type Assignment = z.infer<typeof assignmentSchema>;

export const assignmentPageSchema = z.object({
  value: z.array(assignmentSchema),
  '@odata.nextLink': z.string().optional(),
});
