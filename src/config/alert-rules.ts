import type { AlertRules } from '../core/alert-rule.ts';
import type { Settings } from '../schemas/settings-schema.ts';
import { assertBulkOffered } from './assert-bulk-offered.ts';

/**
 * What alerts start: each rule with the defaults of the settings, and within their device limit.
 *
 * @throws ConfigError when a rule is to send in bulk where that is not offered
 */
export function alertRulesOf(settings: Settings): AlertRules {
  const { SYNC_ALERT_RULES, SYNC_MAX_DEVICES, SYNC_SEND_MODE } = settings;
  const rules = [...SYNC_ALERT_RULES].map(([name, setting]) => {
    const { cooldownMinutes, reason, maxDevices, ...run } = setting;
    const limits = [maxDevices, SYNC_MAX_DEVICES].filter((limit) => limit !== undefined);
    assertBulkOffered(settings, `SYNC_ALERT_RULES.${name}.mode`, run.mode);
    const rule = {
      name,
      run: {
        mode: SYNC_SEND_MODE,
        ...run,
        ...(limits.length === 0 ? {} : { maxDevices: Math.min(...limits) }),
      },
      cooldownMs: cooldownMinutes * 60_000,
      ...(reason === undefined ? {} : { reason }),
    };
    return [name, rule] as const;
  });
  return new Map(rules);
}
