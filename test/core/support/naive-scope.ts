import type { ScopeContext, ScopeMatch, ScopeSubject } from '../../../src/core/match-scope.ts';
import type { Scope, ScopeFilter } from '../../../src/core/scope.ts';

/**
 * What a scope means, written down as directly as possible and sharing no code with the source: no
 * sets, nothing prepared, everything asked anew for each device.
 */
export function naiveMatch(scope: Scope, device: ScopeSubject, context: ScopeContext): ScopeMatch {
  if (!naiveFilter(scope, device, context)) return 'outside';
  const { exclude } = scope;
  if (exclude === undefined || Object.keys(exclude).length === 0) return 'included';
  return naiveFilter(exclude, device, context) ? 'excluded' : 'included';
}

function naiveFilter(filter: ScopeFilter, device: ScopeSubject, context: ScopeContext): boolean {
  const checks = [
    isAnyOf(filter.deviceIds, device.id),
    filter.deviceNames === undefined ||
      filter.deviceNames.some((pattern) => asExpression(pattern).test(device.name)),
    isAnyOf(filter.serialNumbers, device.serialNumber),
    isAnyOf(filter.userPrincipalNames, device.userPrincipalName),
    filter.groupIds === undefined ||
      filter.groupIds.some((groupId) => isInGroup(groupId, device, context)),
    isAnyOf(filter.platforms, naivePlatform(device.operatingSystem)),
    isAnyOf(filter.ownership, device.ownership),
    isAnyOf(filter.complianceStates, device.complianceState),
    isAnyOf(filter.managementAgents, device.managementAgent),
    isAnyOf(filter.manufacturers, device.manufacturer),
    isAnyOf(filter.models, device.model),
    isAnyOf(filter.categories, device.category),
    filter.osVersions === undefined ||
      filter.osVersions.some((version) => device.osVersion.startsWith(version)),
    isBefore(device.lastSyncAt ?? -Infinity, filter.lastSyncOlderThan, context.now),
    isAfter(device.lastSyncAt ?? -Infinity, filter.lastSyncNewerThan, context.now),
    isBefore(device.enrolledAt ?? NaN, filter.enrolledBefore, context.now),
    isAfter(device.enrolledAt ?? NaN, filter.enrolledAfter, context.now),
  ];
  return !checks.includes(false);
}

function isAnyOf(values: readonly string[] | undefined, text: string): boolean {
  return values === undefined || values.some((value) => value.toUpperCase() === text.toUpperCase());
}

function asExpression(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replace(/[^\w]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'is');
}

function isInGroup(groupId: string, device: ScopeSubject, { groups }: ScopeContext): boolean {
  const members = groups.get(groupId.toLowerCase());
  const isDevice = [...(members?.deviceIds ?? [])].includes(device.entraDeviceId.toLowerCase());
  const isUser = [...(members?.userIds ?? [])].includes(device.userId.toLowerCase());
  const isRegistered = /[1-9a-f]/i.test(device.entraDeviceId);
  return (isRegistered && isDevice) || (device.userId !== '' && isUser);
}

/** The systems that the generated fleet has. */
function naivePlatform(operatingSystem: string): string {
  switch (operatingSystem.toUpperCase()) {
    case 'WINDOWS':
      return 'windows';
    case 'MACOS':
    case 'MAC OS X':
      return 'macOS';
    case 'IOS':
      return 'iOS';
    case 'IPADOS':
      return 'iPadOS';
    case 'ANDROID':
    case 'ANDROIDFORWORK':
      return 'android';
    default:
      return 'none that a scope can name';
  }
}

function isBefore(at: number, bound: string | undefined, now: number): boolean {
  return bound === undefined || at < momentOf(bound, now);
}

function isAfter(at: number, bound: string | undefined, now: number): boolean {
  return bound === undefined || at > momentOf(bound, now);
}

/** Days, hours or an instant: the bounds that are generated. */
function momentOf(bound: string, now: number): number {
  const days = /^P(\d+)D$/.exec(bound)?.[1];
  if (days !== undefined) return now - Number(days) * 86_400_000;
  const hours = /^PT(\d+)H$/.exec(bound)?.[1];
  if (hours !== undefined) return now - Number(hours) * 3_600_000;
  return new Date(bound).getTime();
}
