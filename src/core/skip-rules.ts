import type { ListedDevice } from './device.ts';
import { platformOf } from './platform.ts';

/** Why a device of the fleet gets no command, in the order in which the rules are asked. */
export type SkipReason = 'leaving' | 'unsupportedPlatform' | 'unsupportedAgent';

interface SkipRule {
  readonly reason: SkipReason;
  readonly applies: (device: ListedDevice) => boolean;
}

/** Agents through which Intune cannot push a check-in: nothing of MDM runs on the device. */
const agentsWithoutPush = new Set(['eas', 'jamf', 'msSense', 'configurationManagerClient']);

/** A device on its way out must not be told to come back. */
const leavingStates = new Set([
  'retirePending',
  'retireIssued',
  'wipePending',
  'wipeIssued',
  'deletePending',
]);

/** The first rule that applies names the reason. A new rule is one more entry. */
const rules: readonly SkipRule[] = [
  { reason: 'leaving', applies: (device) => leavingStates.has(device.managementState) },
  {
    reason: 'unsupportedPlatform',
    applies: (device) => platformOf(device.operatingSystem) === undefined,
  },
  {
    reason: 'unsupportedAgent',
    applies: (device) => agentsWithoutPush.has(device.managementAgent),
  },
];

/** The reason to leave `device` out, or `undefined` when a command can be sent to it. */
export function skipReasonOf(device: ListedDevice): SkipReason | undefined {
  return rules.find((rule) => rule.applies(device))?.reason;
}
