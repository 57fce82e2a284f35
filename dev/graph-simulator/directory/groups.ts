import type { Fleet } from '../fleet/fleet.ts';
import { createDraw } from '../random.ts';
import type { GroupSettings } from './group-options.ts';

export type MemberKind = 'device' | 'user' | 'group';

/** One member: the index of a device, a user or a group. */
export interface Member {
  kind: MemberKind;
  index: number;
}

/** Who is in which group. */
export interface Groups {
  settings: readonly GroupSettings[];
  /**
   * All members of a group and of the groups nested in it, each once: groups, devices, users.
   *
   * @returns undefined when there is no such group
   */
  transitiveMembers(id: string): readonly Member[] | undefined;
}

/** Draws the members from the fleet's seed. Nothing is drawn before a group is asked for. */
export function createGroups(settings: readonly GroupSettings[], fleet: Fleet): Groups {
  const known = new Map<string, readonly Member[]>();

  return {
    settings,
    transitiveMembers(id) {
      const root = settings.find((group) => group.id === id.toLowerCase());
      if (root === undefined) return undefined;
      const members = known.get(root.id) ?? collectMembers(root, settings, fleet);
      known.set(root.id, members);
      return members;
    },
  };
}

function collectMembers(
  root: GroupSettings,
  all: readonly GroupSettings[],
  fleet: Fleet,
): readonly Member[] {
  const groups = withNested(root, all);
  const devices = new Set(groups.flatMap((group) => devicesOf(group, fleet)));
  const users = new Set(groups.flatMap((group) => usersOf(group, fleet)));
  const ascending = (indexes: Set<number>) => [...indexes].toSorted((a, b) => a - b);
  const nested = groups.filter((group) => group !== root).map((group) => all.indexOf(group));
  return [
    ...nested.map((index) => ({ kind: 'group' as const, index })),
    ...ascending(devices).map((index) => ({ kind: 'device' as const, index })),
    ...ascending(users).map((index) => ({ kind: 'user' as const, index })),
  ];
}

/** The group and all below it; groups may contain each other in a circle. */
function withNested(root: GroupSettings, all: readonly GroupSettings[]): GroupSettings[] {
  const found = new Set([root]);
  for (const group of found) {
    for (const nested of all.filter(({ id }) => group.nestedGroupIds.includes(id))) {
      found.add(nested);
    }
  }
  return [...found];
}

function devicesOf({ id, deviceShare, deviceIndexes }: GroupSettings, fleet: Fleet): number[] {
  const draw = createDraw(fleet.settings.seed, `group.${id}.device`);
  const named = new Set(deviceIndexes);
  return Array.from({ length: fleet.size }, (_, index) => index).filter(
    (index) => fleet.traits.isRegistered(index) && (named.has(index) || draw(index) < deviceShare),
  );
}

function usersOf({ id, userShare }: GroupSettings, fleet: Fleet): number[] {
  if (userShare === 0) return [];
  const draw = createDraw(fleet.settings.seed, `group.${id}.user`);
  return fleet.users.list().filter((user) => draw(user) < userShare);
}
