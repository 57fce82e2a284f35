/** The platforms a simulated fleet is made of. */
export const platformNames = [
  'windows',
  'iOS',
  'iPadOS',
  'macOS',
  'android',
  'linux',
  'chromeOS',
] as const;

export type PlatformName = (typeof platformNames)[number];

/** What all devices of a platform have in common. */
export interface Platform {
  /** Graph's `operatingSystem`, spelled as Intune does. */
  operatingSystem: string;
  /** Device names are this, a dash and the device's six-digit number. */
  namePrefix: string;
  /**
   * Whether Intune's Sync action covers the platform; Linux and Chrome OS are not on its list:
   * learn.microsoft.com/intune/device-management/actions/sync
   */
  canSync: boolean;
  /** Graph's `deviceEnrollmentType`. */
  enrollmentType: string;
  /** The usual `managementAgent`. */
  agent: string;
  /** Agents through which Intune cannot push; `noSyncAgentShare` of the devices have one. */
  agentsWithoutSync: readonly string[];
  /** Pairs of `manufacturer` and `model`. */
  models: readonly (readonly [manufacturer: string, model: string])[];
  osVersions: readonly string[];
}

const apple = 'Apple';

export const platforms: Readonly<Record<PlatformName, Platform>> = {
  windows: {
    operatingSystem: 'Windows',
    namePrefix: 'WS',
    canSync: true,
    enrollmentType: 'windowsAzureADJoin',
    agent: 'mdm',
    agentsWithoutSync: ['eas', 'msSense'],
    models: [
      ['Microsoft Corporation', 'Surface Laptop 6'],
      ['LENOVO', 'ThinkPad T14 Gen 5'],
      ['Dell Inc.', 'Latitude 5450'],
      ['HP', 'EliteBook 840 G11'],
    ],
    osVersions: ['10.0.19045.4780', '10.0.22631.4037', '10.0.26100.1742'],
  },
  iOS: {
    operatingSystem: 'iOS',
    namePrefix: 'IPHONE',
    canSync: true,
    enrollmentType: 'appleBulkWithUser',
    agent: 'mdm',
    agentsWithoutSync: ['eas'],
    models: [
      [apple, 'iPhone 13'],
      [apple, 'iPhone 15'],
    ],
    osVersions: ['17.7.2', '18.1', '18.3.1'],
  },
  iPadOS: {
    operatingSystem: 'iPadOS',
    namePrefix: 'IPAD',
    canSync: true,
    enrollmentType: 'appleBulkWithoutUser',
    agent: 'mdm',
    agentsWithoutSync: ['eas'],
    models: [
      [apple, 'iPad Air'],
      [apple, 'iPad (9th generation)'],
    ],
    osVersions: ['17.7.2', '18.3.1'],
  },
  macOS: {
    operatingSystem: 'macOS',
    namePrefix: 'MAC',
    canSync: true,
    enrollmentType: 'appleBulkWithUser',
    agent: 'mdm',
    agentsWithoutSync: ['jamf', 'msSense'],
    models: [
      [apple, 'MacBook Air'],
      [apple, 'MacBook Pro'],
    ],
    osVersions: ['14.7.1 (23H222)', '15.3 (24D60)'],
  },
  android: {
    operatingSystem: 'Android',
    namePrefix: 'AND',
    canSync: true,
    enrollmentType: 'userEnrollment',
    agent: 'mdm',
    agentsWithoutSync: ['eas'],
    models: [
      ['samsung', 'SM-S921B'],
      ['Google', 'Pixel 8'],
      ['Zebra Technologies', 'TC58'],
    ],
    osVersions: ['13.0', '14.0', '15.0'],
  },
  linux: {
    operatingSystem: 'Linux',
    namePrefix: 'LNX',
    canSync: false,
    enrollmentType: 'userEnrollment',
    agent: 'mdm',
    agentsWithoutSync: ['msSense'],
    models: [['LENOVO', 'ThinkPad X1 Carbon']],
    osVersions: ['22.04', '24.04'],
  },
  chromeOS: {
    operatingSystem: 'Chrome OS',
    namePrefix: 'CRB',
    canSync: false,
    enrollmentType: 'unknown',
    agent: 'googleCloudDevicePolicyController',
    agentsWithoutSync: ['googleCloudDevicePolicyController'],
    models: [['Acer', 'Chromebook Spin 714']],
    osVersions: ['126.0.6478', '131.0.6778'],
  },
};
