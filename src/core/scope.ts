import type { Platform } from './platform.ts';
import type { ComplianceState, ManagementAgent, Ownership } from './scope-values.ts';

/**
 * Which devices are meant: those that match every given field. A list matches a device that has any
 * one of its values; letter case never matters. No field at all matches every device.
 */
export interface ScopeFilter {
  /** Intune's device ids, GUIDs. */
  readonly deviceIds?: readonly string[];
  /** Whole names, in which `*` stands for any text or none. */
  readonly deviceNames?: readonly string[];
  readonly serialNumbers?: readonly string[];
  readonly userPrincipalNames?: readonly string[];
  /** Entra groups, GUIDs; a device belongs to one by itself or by its user, through nesting. */
  readonly groupIds?: readonly string[];
  readonly platforms?: readonly Platform[];
  readonly ownership?: readonly Ownership[];
  readonly complianceStates?: readonly ComplianceState[];
  readonly managementAgents?: readonly ManagementAgent[];
  readonly manufacturers?: readonly string[];
  readonly models?: readonly string[];
  /** Display names of Intune's device categories. */
  readonly categories?: readonly string[];
  /** How a version begins: `10.0.2` is every build of it. */
  readonly osVersions?: readonly string[];
  /**
   * The four bounds are texts that `parseTimeBound` reads, kept as given, so that the `P30D` of a
   * schedule is counted back from each run. A device exactly at a bound is on neither side of it.
   * A device that never checked in counts as older than any bound.
   */
  readonly lastSyncOlderThan?: string;
  readonly lastSyncNewerThan?: string;
  /** Neither bound matches a device whose enrolment time is unknown. */
  readonly enrolledBefore?: string;
  readonly enrolledAfter?: string;
}

/** The devices of a run; those that also match `exclude` are reported as skipped. */
export interface Scope extends ScopeFilter {
  /** `{}` excludes nothing. */
  readonly exclude?: ScopeFilter;
}

/** Whether `scope` is every device: no field given, and nothing excluded. */
export function isWholeFleet(scope: Scope): boolean {
  const { exclude = {}, ...filter } = scope;
  return isEmptyFilter(filter) && isEmptyFilter(exclude);
}

/** Whether no field is given. */
export function isEmptyFilter(filter: ScopeFilter): boolean {
  return Object.values(filter).every((value) => value === undefined);
}

/** The distinct device ids that `scope` names, in lower case; `undefined` when it names none. */
export function idsOf(scope: ScopeFilter): readonly string[] | undefined {
  return scope.deviceIds && distinctIds(scope.deviceIds);
}

/** The distinct ids of every group that `scope` needs the members of, `exclude` with it, in lower case. */
export function groupIdsOf(scope: Scope): readonly string[] {
  return distinctIds([...(scope.groupIds ?? []), ...(scope.exclude?.groupIds ?? [])]);
}

/**
 * Whether it is certain, without a look at the fleet, that no device is in both scopes: both name
 * device ids and share none. `false` is no proof of an overlap.
 */
export function areDisjointById(a: Scope, b: Scope): boolean {
  const [idsOfA, idsOfB] = [idsOf(a), idsOf(b)];
  if (idsOfA === undefined || idsOfB === undefined) return false;
  const named = new Set(idsOfA);
  return !idsOfB.some((id) => named.has(id));
}

function distinctIds(ids: readonly string[]): readonly string[] {
  return [...new Set(ids.map((id) => id.toLowerCase()))];
}
