/** Platforms whose devices Intune's Sync action reaches; the names are those of the scope. */
export const platforms = [
  'windows',
  'macOS',
  'iOS',
  'iPadOS',
  'android',
  'tvOS',
  'visionOS',
] as const;

export type Platform = (typeof platforms)[number];

/**
 * Prefixes because Intune spells variants of one system differently (`Android`, `AndroidForWork`).
 * `Windows Phone` and `WindowsMobile` are left out on purpose: their support ended, and the list of
 * platforms of the Sync action (learn.microsoft.com/intune/device-management/actions/sync) means
 * the desktop system.
 */
const prefixes: readonly (readonly [prefix: string, platform: Platform])[] = [
  ['windows', 'windows'],
  ['macos', 'macOS'],
  ['mac os', 'macOS'],
  ['ios', 'iOS'],
  ['ipados', 'iPadOS'],
  ['android', 'android'],
  ['tvos', 'tvOS'],
  ['visionos', 'visionOS'],
];
const endedSystems = ['windowsmobile', 'windows mobile', 'windowsphone', 'windows phone'];

/**
 * The platform of a managed device's `operatingSystem`, in any letter case; `undefined` when the
 * Sync action does not reach it (Linux, Chrome OS, an unknown system).
 */
export function platformOf(operatingSystem: string): Platform | undefined {
  const name = operatingSystem.toLowerCase();
  if (endedSystems.some((ended) => name.startsWith(ended))) return undefined;
  return prefixes.find(([prefix]) => name.startsWith(prefix))?.[1];
}
