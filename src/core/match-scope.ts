import { type DeviceTest, matchFilter } from './match-filter.ts';
import { type Scope, isEmptyFilter } from './scope.ts';

/** What a scope asks about a device. Texts are as Microsoft Graph gives them, `''` when absent. */
export interface ScopeSubject {
  readonly id: string;
  readonly name: string;
  readonly serialNumber: string;
  readonly userPrincipalName: string;
  readonly operatingSystem: string;
  /** `managedDeviceOwnerType`. */
  readonly ownership: string;
  readonly complianceState: string;
  readonly managementAgent: string;
  readonly manufacturer: string;
  readonly model: string;
  /** `deviceCategoryDisplayName`. */
  readonly category: string;
  readonly osVersion: string;
  /** ms since the epoch; `undefined` for a device that never checked in. */
  readonly lastSyncAt: number | undefined;
  /** ms since the epoch; `undefined` when unknown. */
  readonly enrolledAt: number | undefined;
  /** `azureADDeviceId`: empty or all zeros when the device is not registered in Entra. */
  readonly entraDeviceId: string;
  readonly userId: string;
}

/** The members of an Entra group, nested groups resolved; all ids in lower case. */
export interface GroupMembers {
  /** Entra device ids: `deviceId` of a device object, not its `id`. */
  readonly deviceIds: ReadonlySet<string>;
  readonly userIds: ReadonlySet<string>;
}

/** Some members of a group, as a page of its list has them. */
export interface GroupMembersPage {
  readonly deviceIds: readonly string[];
  readonly userIds: readonly string[];
}

/** What a scope is compiled with. */
export interface ScopeContext {
  /** ms since the epoch; durations are counted back from it. */
  readonly now: number;
  /** The members of each group of `groupIdsOf(scope)`, by the group's id in lower case. */
  readonly groups: ReadonlyMap<string, GroupMembers>;
}

/** `excluded`: in the scope and in its `exclude`. `outside`: not in the scope at all. */
export type ScopeMatch = 'included' | 'excluded' | 'outside';

/**
 * Turns a scope into a function that judges one device at a time. The work that is common to all
 * devices happens once, here; a judgement keeps nothing of its device.
 *
 * @throws Error for a group without members in `context.groups` (an empty group has empty sets),
 *   and for a time bound that `parseTimeBound` does not take
 */
export function compileScope(
  scope: Scope,
  context: ScopeContext,
): (device: ScopeSubject) => ScopeMatch {
  const { exclude = {}, ...filter } = scope;
  const isInScope = matchFilter(filter, context);
  // An empty filter matches everything, which must not be what an empty `exclude` does.
  const isExcluded: DeviceTest = isEmptyFilter(exclude)
    ? () => false
    : matchFilter(exclude, context);
  return (device) => {
    if (!isInScope(device)) return 'outside';
    return isExcluded(device) ? 'excluded' : 'included';
  };
}
