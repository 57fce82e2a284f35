/** The states that the installs of a simulated fleet are in. */
export type InstallState =
  'installed' | 'failed' | 'notInstalled' | 'pendingInstall' | 'notApplicable';

/**
 * What a report shows for each: the number of Graph's `resultantAppState`
 * (https://learn.microsoft.com/graph/api/resources/intune-shared-resultantappstate), and a text.
 */
export const installStates: Readonly<Record<InstallState, { value: number; text: string }>> = {
  installed: { value: 1, text: 'Installed' },
  failed: { value: 2, text: 'Failed' },
  notInstalled: { value: 3, text: 'Not installed' },
  pendingInstall: { value: 5, text: 'Install pending' },
  notApplicable: { value: -1, text: 'Not applicable' },
};

export const installStateNames: readonly InstallState[] = [
  'installed',
  'failed',
  'notInstalled',
  'pendingInstall',
  'notApplicable',
];
