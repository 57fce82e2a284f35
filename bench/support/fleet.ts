import type { FleetOptions } from '../../dev/graph-simulator/index.ts';

/**
 * A fleet in which every device takes a sync, one by one and in bulk: as many writes as devices, and
 * nobody is left out.
 */
export function syncableFleet(devices: number): FleetOptions {
  return {
    devices,
    platforms: { android: 0, linux: 0, chromeOS: 0 },
    coManagedShare: 0,
    noSyncAgentShare: 0,
    leavingShare: 0,
  };
}
