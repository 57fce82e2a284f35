import type { FleetOptions } from '../../../../dev/graph-simulator/index.ts';

/** Devices that all accept a sync and answer it within minutes. */
export function aReadyFleet(devices: number, more: Partial<FleetOptions> = {}): FleetOptions {
  return {
    devices,
    platforms: { linux: 0, chromeOS: 0 },
    noSyncAgentShare: 0,
    offlineShare: 0,
    lateShare: 0,
    ...more,
  };
}

/** Likewise, and all of them run Windows. */
export function aWindowsFleet(devices: number, more: Partial<FleetOptions> = {}): FleetOptions {
  const others = { iOS: 0, iPadOS: 0, macOS: 0, android: 0, linux: 0, chromeOS: 0 };
  return aReadyFleet(devices, { platforms: others, ...more });
}
