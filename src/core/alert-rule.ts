import { DEFAULT_ACTION } from './actions/index.ts';
import type { RunRequest } from './new-run.ts';

/** What an alert rule of Azure Monitor does here when it fires. */
export interface AlertRule {
  /** The name of the rule, spelled as in Azure Monitor. */
  readonly name: string;
  /** What its runs are like; what is absent is as in a plain emergency sync of the fleet. */
  readonly run: Pick<RunRequest, 'scope' | 'skip' | 'mode' | 'maxDevices'>;
  /** Why, for the report. */
  readonly reason?: string;
  /** An alert this soon after the start of the rule's last run starts no other, ms. */
  readonly cooldownMs: number;
}

/** The rules by their names. A map: a rule may be called `constructor`. */
export type AlertRules = ReadonlyMap<string, AlertRule>;

/**
 * The run of an alert: urgent, and of every device of the rule's scope unless the rule leaves some
 * out. Nothing of it comes from the alert, so that whoever finishes an interrupted start makes the
 * same run.
 */
export function runOfRule({ name, run, reason }: AlertRule, requestedBy: string): RunRequest {
  return {
    ...run,
    action: DEFAULT_ACTION,
    trigger: 'alert',
    requestedBy,
    priority: 'urgent',
    reason: reason === undefined ? `Alert rule ${name}` : `${reason} (alert rule ${name})`,
  };
}
