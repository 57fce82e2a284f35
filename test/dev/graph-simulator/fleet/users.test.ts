import { describe, expect, it } from 'vitest';
import { fleetSchema } from '../../../../dev/graph-simulator/fleet/fleet-options.ts';
import { createUsers } from '../../../../dev/graph-simulator/fleet/users.ts';

const usersOf = (secondDeviceShare: number) =>
  createUsers(fleetSchema.parse({ devices: 10_000, secondDeviceShare }));

describe('the users', () => {
  it('are as many as there are first devices', () => {
    expect(usersOf(0).list()).toHaveLength(10_000);
    expect(usersOf(0.2).list().length / 10_000).toBeCloseTo(0.8, 1);
    expect(usersOf(1).list()).toEqual([0]);
  });

  it('are the users of all devices, and of nothing else', () => {
    const users = usersOf(0.5);
    const owners = new Set(Array.from({ length: 10_000 }, (_, index) => users.ofDevice(index)));
    expect([...owners].toSorted((a, b) => a - b)).toEqual(users.list());
    expect(new Set(users.list().map((user) => users.idOf(user))).size).toBe(owners.size);
  });
});
