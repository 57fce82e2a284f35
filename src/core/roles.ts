/** The Microsoft Graph app role that lists managed devices; the least that is accepted. */
export const LIST_DEVICES_ROLE = 'DeviceManagementManagedDevices.Read.All';

/** Every role of each of which Graph accepts the device list (Graph permissions reference). */
const listDevicesRoles: RolesOfList = [
  LIST_DEVICES_ROLE,
  'DeviceManagementManagedDevices.ReadWrite.All',
  'DeviceManagementConfiguration.Read.All',
  'DeviceManagementConfiguration.ReadWrite.All',
];

/** Roles with each of which Graph gives a list; the least comes first. */
export type RolesOfList = readonly [string, ...string[]];

/** What a run needs the token for. */
export interface RoleNeeds {
  /** The role of the action; none for a dry run, which sends nothing. */
  readonly actionRole?: string;
  /** Default: the roles that list managed devices. */
  readonly listRoles?: RolesOfList;
  /** The scope names groups. */
  readonly readsGroups?: boolean;
}

/**
 * What it takes to read the members of a group
 * (learn.microsoft.com/graph/api/group-list-transitivemembers), and to see which devices they are
 * (learn.microsoft.com/graph/api/device-list).
 */
const groupRoles = {
  members: [
    'GroupMember.Read.All',
    'GroupMember.ReadWrite.All',
    'Group.Read.All',
    'Group.ReadWrite.All',
    'Directory.Read.All',
    // The page on members does not name it. Should Graph refuse it, the list says which role it takes.
    'Directory.ReadWrite.All',
  ],
  devices: [
    'Device.Read.All',
    'Device.ReadWrite.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
} as const satisfies Record<string, RolesOfList>;

/** The least with which a scope may name groups. */
export const GROUP_ROLES = [groupRoles.members[0], groupRoles.devices[0]] as const;

/**
 * The roles that a token lacks, by their least-privileged names. Whatever else gives the same lists
 * will do: it is Graph that serves them.
 *
 * @param granted the token's `roles` claim
 */
export function missingRoles(granted: readonly string[], needs: RoleNeeds): string[] {
  const { actionRole, listRoles = listDevicesRoles, readsGroups = false } = needs;
  const held = new Set(granted);
  const lacking = (accepted: RolesOfList) =>
    accepted.some((role) => held.has(role)) ? [] : [accepted[0]];
  // The role of the action may give the list as well; then it is enough to have that one.
  const isListed = actionRole !== undefined && listRoles.includes(actionRole);
  return [
    ...(isListed ? [] : lacking(listRoles)),
    ...(actionRole === undefined ? [] : lacking([actionRole])),
    ...(readsGroups ? Object.values(groupRoles).flatMap(lacking) : []),
  ];
}

/** Whether the report says what a run does about failed app installs: an extra that may be left out. */
export function mayReadApps(granted: readonly string[]): boolean {
  return readAppsRoles.some((role) => granted.includes(role));
}

/** Every role with each of which Graph reports app installs as far as it concerns apps; the least first. */
const readAppsRoles = [
  'DeviceManagementApps.Read.All',
  'DeviceManagementApps.ReadWrite.All',
] as const;

/**
 * What an app can be set up for, and the app roles that each takes, the least that are accepted:
 * sending the commands, scopes with Entra groups, Exchange connectors, and failed app installs in the
 * report (learn.microsoft.com/graph/permissions-reference).
 */
export const featureRoles = {
  sync: [LIST_DEVICES_ROLE, 'DeviceManagementManagedDevices.PrivilegedOperations.All'],
  groups: GROUP_ROLES,
  exchange: ['DeviceManagementServiceConfig.ReadWrite.All'],
  apps: [readAppsRoles[0]],
} as const satisfies Record<string, readonly string[]>;

export type Feature = keyof typeof featureRoles;

/** A role, and the feature that needs it. */
export interface NeededRole {
  readonly role: string;
  readonly neededFor: Feature;
}

/** Every role that these features take. `sync` is one of them always: the others serve it. */
export function rolesFor(features: readonly Feature[]): NeededRole[] {
  return [...new Set<Feature>(['sync', ...features])].flatMap((neededFor) =>
    featureRoles[neededFor].map((role) => ({ role, neededFor })),
  );
}

/** The features that take any of these roles; a role that no feature takes names none. */
export function featuresFor(roles: readonly string[]): Feature[] {
  const needed = rolesFor(Object.keys(featureRoles) as Feature[]);
  const features = needed.filter(({ role }) => roles.includes(role));
  return [...new Set(features.map(({ neededFor }) => neededFor))];
}

/** The application id of Microsoft Graph, in every tenant of every cloud. */
export const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000';
