import { afterEach, expect, it } from 'vitest';
import { type LocalApp, startLocalApp } from '../support/local-app.ts';

const groupId = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
const roles = [
  'DeviceManagementManagedDevices.Read.All',
  'DeviceManagementManagedDevices.PrivilegedOperations.All',
];
const graph = {
  fleet: { devices: 60 },
  groups: [{ id: groupId, deviceIndexes: [3, 5, 8, 13, 21], userShare: 0 }],
};

let app: LocalApp | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
});

async function planFor(granted: string[], id = groupId) {
  app = await startLocalApp({ graph, identity: { roles: [...roles, ...granted] } });
  const scope = { groupIds: [id] };
  return app.untilRun(await app.startRun({ dryRun: true, scope }));
}

it('a scope of an Entra group is the devices in it', async () => {
  const run = await planFor(['GroupMember.Read.All', 'Device.Read.All']);

  expect(run).toMatchObject({ status: 'planned', totals: { totalDevices: 5 } });
});

it.each([
  ['GroupMember.Read.All', ['Device.Read.All']],
  ['Device.Read.All', ['GroupMember.Read.All']],
])('without %s the run fails before anything is listed, and names it', async (missing, granted) => {
  const run = await planFor(granted);

  expect(run).toMatchObject({ status: 'failed', problem: { code: 'missingPermission' } });
  expect(run.problem?.detail).toContain(missing);
  expect(app?.environment.graph.statistics().requests).toBe(0);
});

it('a group that does not exist fails the run, and is named', async () => {
  const unknown = '00000000-0000-4000-8000-000000000001';
  const run = await planFor(['GroupMember.Read.All', 'Device.Read.All'], unknown);

  expect(run).toMatchObject({ status: 'failed', problem: { code: 'unknownGroup' } });
  expect(run.problem?.detail).toContain(unknown);
});
