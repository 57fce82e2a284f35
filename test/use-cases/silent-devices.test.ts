import { describe, expect, it } from 'vitest';
import { silentDevices } from '../../src/use-cases/silent-devices.ts';
import { aFleet, deviceId } from '../support/fleet.ts';
import { Simulation } from '../support/simulation.ts';

const minute = 60_000;
const hour = 60 * minute;

/** Makes runs one after the other, a day apart; in each another set of devices is silent. */
async function afterRuns(
  silentOnes: readonly (readonly number[])[],
  options: { readonly renudge?: boolean; readonly scopes?: readonly (readonly number[])[] } = {},
): Promise<Simulation> {
  const app = new Simulation({ fleet: aFleet(60), verifyAfterMs: [15 * minute, hour] });
  const { renudge = false, scopes = [] } = options;
  for (const [run, silent] of silentOnes.entries()) {
    const ids = silent.map(deviceId);
    app.graph.answersAfter = (id) => (ids.includes(id) ? undefined : minute);
    const deviceIds = scopes[run]?.map(deviceId);
    await app.start({ renudge, ...(deviceIds === undefined ? {} : { scope: { deviceIds } }) });
    await app.settle();
    app.clock.moveTo(app.clock.now() + 24 * hour);
  }
  return app;
}

const idsOf = async (app: Simulation, runs: number) =>
  (await silentDevices(app)(runs)).map((device) => device.deviceId);

describe('the silent devices', () => {
  it('are those that were silent in each of the last runs', async () => {
    const app = await afterRuns([
      [1, 2, 3, 4],
      [2, 3, 4],
      [3, 4, 5],
    ]);

    expect(await idsOf(app, 3)).toEqual([deviceId(3), deviceId(4)]);
    expect(await idsOf(app, 2)).toEqual([deviceId(3), deviceId(4)]);
    expect(await idsOf(app, 1)).toEqual([deviceId(3), deviceId(4), deviceId(5)]);
  });

  it('are known with what was seen of them in the newest run', async () => {
    const app = await afterRuns([[7], [7]]);

    expect(await silentDevices(app)(2)).toEqual([
      {
        deviceId: deviceId(7),
        deviceName: 'WS-7',
        platform: 'windows',
        ownership: 'company',
        lastCheckInAt: '2026-10-01T00:07:00.000Z',
        runId: app.run.id,
      },
    ]);
  });

  it('are looked for in older runs when the newest did not include them', async () => {
    const app = await afterRuns([[1, 2], [1], [1, 2], [5]], {
      scopes: [[], [], [], [5]].map(some),
    });

    expect(await idsOf(app, 2)).toEqual([deviceId(1)]);
  });

  it('are none before enough runs were verified', async () => {
    expect(await idsOf(await afterRuns([[1], [1]]), 3)).toEqual([]);
  });

  it('are not those that answered when they were sent to once more', async () => {
    const app = new Simulation({ fleet: aFleet(60), verifyAfterMs: [15 * minute] });
    app.graph.answersAfter = (id) =>
      app.graph.sendsTo(id) === 1 && [deviceId(1), deviceId(2)].includes(id) ? undefined : minute;
    await app.start({ renudge: true });
    await app.settle();

    expect(app.runs.rows.size).toBe(2);
    expect(await idsOf(app, 1)).toEqual([]);
  });

  it('count once in a run and its retry', async () => {
    expect(await idsOf(await afterRuns([[1]], { renudge: true }), 2)).toEqual([]);
    expect(await idsOf(await afterRuns([[1], [1]], { renudge: true }), 2)).toEqual([deviceId(1)]);
  });

  it('are not told by a run whose last look is still to come, but its check-ins count', async () => {
    const app = await afterRuns([[1, 2]]);
    app.graph.answersAfter = (id) => (id === deviceId(2) ? minute : undefined);
    await app.start();
    await app.settle(30 * minute);

    expect(app.run.verification.map(({ found }) => found?.silent)).toEqual([59, undefined]);
    expect(await idsOf(app, 1)).toEqual([deviceId(1)]);
  });
});

/** The devices of a scope; none names the whole fleet. */
function some(numbers: readonly number[]): readonly number[] {
  return numbers.length > 0 ? numbers : Array.from({ length: 60 }, (_, number) => number);
}
