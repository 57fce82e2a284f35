import type { FleetSettings } from '../fleet/fleet-options.ts';
import { createDraw, pick } from '../random.ts';
import type { App } from './apps.ts';
import type { InstallState } from './install-states.ts';

/** What became of an app on a device, by the device's index; nothing of it ever changes. */
export interface InstallTraits {
  state(device: number): InstallState;
  /** A signed HRESULT, 0 unless the install failed. */
  errorCode(device: number): number;
}

/** Of what did not fail: where each state ends on a scale from 0 to 1. Most is installed. */
const otherStates: readonly (readonly [InstallState, end: number])[] = [
  ['pendingInstall', 0.04],
  ['notInstalled', 0.08],
  ['notApplicable', 0.1],
];

/** Draws what became of one app from the fleet's seed; `failedInstallShare` of it failed. */
export function createInstallTraits(app: App, fleet: FleetSettings): InstallTraits {
  const stateDraw = createDraw(fleet.seed, `install.${app.id}`);
  const codeDraw = createDraw(fleet.seed, `install.code.${app.id}`);
  const failed = fleet.failedInstallShare;
  const hasFailed = (device: number) => stateDraw(device) < failed;
  return {
    state(device) {
      if (hasFailed(device)) return 'failed';
      const rest = (stateDraw(device) - failed) / (1 - failed);
      return otherStates.find(([, end]) => rest < end)?.[0] ?? 'installed';
    },
    errorCode: (device) =>
      hasFailed(device) ? pick(app.platform.failureCodes, codeDraw(device)) : 0,
  };
}
