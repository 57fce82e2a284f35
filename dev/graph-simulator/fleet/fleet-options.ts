import { z } from 'zod';

const share = z.number().min(0).max(1);
const weight = z.number().min(0);

/** Relative weights of the platforms; they need not add up to 1. */
const platformWeights = z
  .strictObject({
    windows: weight.default(70),
    iOS: weight.default(10),
    iPadOS: weight.default(3),
    macOS: weight.default(8),
    android: weight.default(7),
    linux: weight.default(1),
    chromeOS: weight.default(1),
  })
  .refine((weights) => Object.values(weights).some((one) => one > 0), {
    message: 'at least one platform needs a weight above 0',
  });

/** What a fleet is made of. Every share is a part of all devices, from 0 to 1. */
export const fleetSchema = z.strictObject({
  /** How many devices; 0 to 1,000,000. */
  devices: z.int().min(0).max(1_000_000),
  /** The same seed gives the same fleet and the same faults. Default 1. */
  seed: z.int().default(1),
  /** Default 70 % Windows, 10 iOS, 3 iPadOS, 8 macOS, 7 Android, 1 Linux, 1 Chrome OS. */
  platforms: platformWeights.prefault({}),
  /** Company-owned devices, the others are personal. */
  companyShare: share.default(0.85),
  /** Of the Windows devices: co-managed with Configuration Manager. */
  coManagedShare: share.default(0.25),
  /** Of the Windows devices that are not: managed by Configuration Manager alone. Default none. */
  tenantAttachedShare: share.default(0),
  /** Managed through an agent that Intune cannot push to (eas, jamf, msSense). */
  noSyncAgentShare: share.default(0.02),
  /** In the state retirePending, wipeIssued or deletePending. */
  leavingShare: share.default(0.01),
  /** Compliant devices; the others are noncompliant, in grace period or unknown. */
  compliantShare: share.default(0.86),
  /** Never checked in; `lastSyncDateTime` is 0001-01-01T00:00:00Z. */
  neverSyncedShare: share.default(0.01),
  /** Belong to a user who has another device already; the others are their user's first one. */
  secondDeviceShare: share.default(0.2),
  /** Without an Entra registration; `azureADDeviceId` is the zero GUID. */
  unregisteredShare: share.default(0.02),
  /** Switched off or lost: accepts the sync, never checks in. */
  offlineShare: share.default(0.05),
  /** Checks in hours after a sync instead of minutes. */
  lateShare: share.default(0.1),
  /** Still listed, but gone: 404 when read or synced by id. */
  goneShare: share.default(0),
  /** Refuses the sync with 400 although platform and agent could do it. */
  refusedShare: share.default(0),
  /** Of the pairs of a device and an app for its platform: those whose install failed. */
  failedInstallShare: share.default(0.02),
  /** How many devices at the end of a page are listed again at the start of the next one. */
  duplicatesAcrossPages: z.int().min(0).max(999).default(0),
});

/** A fleet as a caller describes it: only `devices` is required. */
export type FleetOptions = z.input<typeof fleetSchema>;

/** A fleet with every default filled in. */
export type FleetSettings = z.output<typeof fleetSchema>;
