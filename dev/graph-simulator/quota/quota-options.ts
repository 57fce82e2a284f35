import { z } from 'zod';

const perSecond = z.number().min(0).max(1_000_000);

/**
 * The limits of Microsoft's "Intune devices service limits", each within any `windowMs`:
 * https://learn.microsoft.com/graph/throttling-limits#intune-service-limits
 */
export const quotaSchema = z.strictObject({
  /** POST, PUT, PATCH and DELETE of one app. Default 200. */
  appWrites: z.number().min(0).default(200),
  /** POST, PUT, PATCH and DELETE of all apps of the tenant. Default 400. */
  tenantWrites: z.number().min(0).default(400),
  /** Requests of any method of one app. Default 2,000. */
  appRequests: z.number().min(0).default(2000),
  /** Requests of any method of all apps of the tenant. Default 4,000. */
  tenantRequests: z.number().min(0).default(4000),
  /** Default 20,000 ms. */
  windowMs: z.number().positive().default(20_000),
  /** Load that another app puts on the tenant's two quotas, per second. Default 0. */
  otherAppWritesPerSecond: perSecond.default(0),
});

export type QuotaOptions = z.input<typeof quotaSchema>;
export type QuotaSettings = z.output<typeof quotaSchema>;

/** What can change while the simulator runs: the other app begins, stops, or changes its pace. */
export const quotaChangeSchema = z.strictObject({ otherAppWritesPerSecond: perSecond });

export type QuotaChange = z.input<typeof quotaChangeSchema>;
