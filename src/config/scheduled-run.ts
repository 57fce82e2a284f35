import type { ScheduledRun } from '../functions/scheduled-sync.ts';
import type { Settings } from '../schemas/settings-schema.ts';

/**
 * A new device checks in by itself, every few minutes for two hours
 * (learn.microsoft.com/intune/intune-service/configuration/device-profile-troubleshoot).
 */
const JUST_ENROLLED_HOURS = 2;

/** What the schedule starts. */
export function scheduledRunOf(settings: Settings): ScheduledRun {
  return {
    scope: settings.SYNC_SCOPE,
    mode: settings.SYNC_SEND_MODE,
    skip: {
      syncedWithinMinutes: settings.SYNC_SKIP_SYNCED_WITHIN_MINUTES,
      enrolledWithinHours: JUST_ENROLLED_HOURS,
    },
    ...(settings.SYNC_MAX_DEVICES === undefined ? {} : { maxDevices: settings.SYNC_MAX_DEVICES }),
  };
}
