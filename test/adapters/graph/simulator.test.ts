import { describe, expect, it } from 'vitest';
import { classifyAnswer } from '../../../src/core/answer.ts';
import { approvalRequired, missingPermission } from '../../../src/core/problems.ts';
import { LIST_DEVICES_ROLE } from '../../../src/core/roles.ts';
import { aTenant } from './support/a-tenant.ts';
import { syncCommand } from '../../support/factories.ts';

describe('a simulated fleet', () => {
  it('is listed to its last device, over pages that repeat devices or are empty', async () => {
    const { simulator, list } = await aTenant({
      fleet: { devices: 2_500, duplicatesAcrossPages: 5 },
      faults: { emptyPageRate: 0.3 },
    });
    const devices = await list();
    expect(new Set(devices.map(({ id }) => id)).size).toBe(2_500);
    expect(devices.length).toBeGreaterThan(2_500);
    expect(simulator.statistics().statuses).toEqual({ 200: simulator.statistics().requests });
  });

  it('is listed to its last device through every kind of failure', async () => {
    const { simulator, list, sleeps } = await aTenant({
      fleet: { devices: 20_000, seed: 3 },
      faults: { rate503: 0.1, rate504: 0.05, throttledRate: 0.05, ...brokenTransport },
    });
    expect(new Set((await list()).map(({ id }) => id)).size).toBe(20_000);
    expect(sleeps.length).toBeGreaterThan(0);
    expect(Object.keys(simulator.statistics().faults).length).toBeGreaterThan(0);
  });

  it('is not listed without the permission, which is named', async () => {
    const { list } = await aTenant({ fleet: { devices: 1 } }, [syncCommand.role]);
    await expect(list()).rejects.toMatchObject({ problem: missingPermission([LIST_DEVICES_ROLE]) });
  });

  it('is not listed in part when one page always fails', async () => {
    const fleet = { devices: 2_500 };
    const { list, simulator } = await aTenant({ fleet, faults: { failingPage: 2 } });
    await expect(list()).rejects.toMatchObject({ problem: { code: 'listingFailed' } });
    expect(simulator.statistics().writes).toBe(0);
  });
});

describe('a command to simulated devices', () => {
  it('is accepted by each, once', async () => {
    const { simulator, sender, list } = await aTenant({ fleet: { devices: 20, ...ready } });
    const ids = (await list()).map(({ id }) => id);
    const answers = await sender.send(syncCommand, ids);
    expect(answers).toEqual(ids.map(() => expect.objectContaining({ status: 204 }) as unknown));
    expect(simulator.statistics()).toMatchObject({
      batchRequests: 1,
      writes: 20,
      devicesSynced: 20,
      duplicateSyncs: 0,
    });
  });

  it('is throttled beyond the quota, device by device', async () => {
    const { sender, list } = await aTenant({
      fleet: { devices: 20, ...ready },
      quota: { appWrites: 12 },
    });
    const answers = await sender.send(
      syncCommand,
      (await list()).map(({ id }) => id),
    );
    const throttled = answers.filter(({ status }) => status === 429);
    expect(throttled.length).toBe(8);
    for (const { retryAfterMs = 0 } of throttled) expect(retryAfterMs).toBeGreaterThan(0);
  });

  it('to a device that is gone, or cannot be reached, says which', async () => {
    const fleet = { devices: 20, ...ready, goneShare: 0.3, refusedShare: 0.3 };
    const { sender, list } = await aTenant({ fleet });
    const ids = (await list()).map(({ id }) => id);
    const answers = await sender.send(syncCommand, ids);
    const kinds = answers.map((answer) => classifyAnswer(answer, syncCommand.role).kind);
    expect([...new Set(kinds)].toSorted()).toEqual(['accepted', 'notFound', 'notSupported']);
  });

  it.each([
    ['the permission', {}, [LIST_DEVICES_ROLE], missingPermission([syncCommand.role])],
    ['an approval', { multiAdminApproval: true }, undefined, approvalRequired()],
  ])('without %s is refused, with the remedy', async (_, faults, roles, problem) => {
    const { sender, list } = await aTenant({ fleet: { devices: 2, ...ready }, faults }, roles);
    const [answer = { status: -1 }] = await sender.send(
      syncCommand,
      (await list()).map(({ id }) => id),
    );
    expect(classifyAnswer(answer, syncCommand.role)).toMatchObject({ kind: 'refused', problem });
  });
});

const brokenTransport = { resetRate: 0.05, malformedRate: 0.1, htmlRate: 0.05 };

/** Every device of such a fleet takes a sync. */
const ready = {
  platforms: { linux: 0, chromeOS: 0 },
  noSyncAgentShare: 0,
  leavingShare: 0,
};
