import type { Endpoint } from '../graph/endpoint.ts';
import { deviceReadRoles } from '../graph/roles.ts';
import { createGuids } from '../guid.ts';
import type { Fleet } from '../fleet/fleet.ts';
import type { PlatformName } from '../fleet/platforms.ts';

/** GET managedDeviceOverview: how many devices are enrolled, in all and by operating system. */
export const getManagedDeviceOverview: Endpoint = {
  method: 'GET',
  versions: ['v1.0', 'beta'],
  path: 'deviceManagement/managedDeviceOverview',
  roles: deviceReadRoles,
  kind: 'other',
  handle: ({ version }, { fleet, origin }) => ({
    status: 200,
    headers: {},
    body: {
      '@odata.context': `${origin}/${version}/$metadata#deviceManagement/managedDeviceOverview/$entity`,
      id: createGuids(fleet.settings.seed, 'overview')(0),
      enrolledDeviceCount: fleet.listedCount(),
      mdmEnrolledCount: fleet.listedCount(),
      dualEnrolledDeviceCount: 0,
      deviceOperatingSystemSummary: summarise(fleet),
    },
  }),
};

function summarise(fleet: Fleet) {
  const counts: Partial<Record<PlatformName, number>> = {};
  for (let position = 0; position < fleet.listedCount(); position++) {
    const name = fleet.traits.platformName(fleet.atPosition(position) ?? 0);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  const {
    windows = 0,
    macOS = 0,
    android = 0,
    linux = 0,
    chromeOS = 0,
    iOS = 0,
    iPadOS = 0,
  } = counts;
  return {
    androidCount: android,
    // Intune has no count for iPads alone.
    iosCount: iOS + iPadOS,
    macOSCount: macOS,
    windowsMobileCount: 0,
    windowsCount: windows,
    linuxCount: linux,
    chromeOSCount: chromeOS,
    unknownCount: 0,
  };
}
