import { describe, expect, it } from 'vitest';
import { STALLED_AFTER_MS } from '../../src/core/claim.ts';
import type { GroupMembersPage } from '../../src/core/match-scope.ts';
import { readGroups } from '../../src/use-cases/read-groups.ts';
import { aDeviceId } from '../support/factories.ts';
import { aFleet } from '../support/fleet.ts';
import { Simulation } from '../support/simulation.ts';

const groupId = 'AAAAAAAA-0000-4000-8000-00000000000A';

function directoryOf(pages: Readonly<Record<string, readonly GroupMembersPage[]>>) {
  return {
    async *listGroupMembers(id: string) {
      yield* await Promise.resolve(pages[id] ?? []);
    },
  };
}

describe('readGroups', () => {
  it('puts the pages of each group together, and finds it by its id in lower case', async () => {
    const directory = directoryOf({
      [groupId]: [
        { deviceIds: ['d1', 'd2'], userIds: [] },
        { deviceIds: ['d2'], userIds: ['u1'] },
      ],
      'another-id': [],
    });
    let signs = 0;
    const signOfLife = () => {
      signs++;
      return Promise.resolve();
    };

    expect(await readGroups(directory, [groupId, 'another-id'], signOfLife)).toEqual(
      new Map([
        [groupId.toLowerCase(), { deviceIds: new Set(['d1', 'd2']), userIds: new Set(['u1']) }],
        ['another-id', { deviceIds: new Set(), userIds: new Set() }],
      ]),
    );
    expect(signs).toBe(2);
  });
});

describe('a group that Graph throttles for longer than a planner may be silent', () => {
  it('leaves the plan with the planner that reads it', async () => {
    const waitMs = 30_000;
    const waits = Math.ceil((2 * STALLED_AFTER_MS) / waitMs);
    const userId = aDeviceId(0xa);
    const fleet = aFleet(3, { userId });
    let reads = 0;
    const app = new Simulation({ fleet });
    app.graph.listGroupMembers = async function* () {
      reads++;
      for (let wait = 0; wait < waits; wait++) {
        yield { deviceIds: [], userIds: [] };
        await app.clock.sleep(waitMs);
      }
      yield { deviceIds: [], userIds: [userId] };
    };

    await app.start({ scope: { groupIds: [groupId] } });
    await app.settle();

    expect(app.run).toMatchObject({ status: 'completed', totals: { success: 3 } });
    expect((app.run.plannedAt ?? 0) - app.run.createdAt).toBeGreaterThan(STALLED_AFTER_MS);
    expect(reads).toBe(1);
  });
});
