import { describe, expect, it } from 'vitest';
import { listingFailed, missingPermission } from '../../src/core/problems.ts';
import type { DeviceReport } from '../../src/core/device-report.ts';
import type { ListedDevice } from '../../src/core/device.ts';
import { ListingError } from '../../src/use-cases/ports.ts';
import { aFleet, deviceId } from '../support/fleet.ts';
import { Simulation, type SimulationOptions } from '../support/simulation.ts';

const minute = 60_000;
const hour = 60 * minute;
const verifyAfterMs = [15 * minute, hour, 24 * hour];

/** 100 devices: 70 check in 4 min after their command, 20 after 3 h, 10 never do. */
const fleet = aFleet(100);
const placeOf = (id: string) => Number(id.slice(-12));
const answersAfter = (id: string) => {
  if (placeOf(id) % 10 === 9) return undefined;
  return placeOf(id) % 10 >= 7 ? 3 * hour : 4 * minute;
};

async function verified(
  options: Partial<SimulationOptions> = {},
  prepare: (app: Simulation) => void = () => undefined,
): Promise<Simulation> {
  const app = new Simulation({ fleet, verifyAfterMs, ...options });
  app.graph.answersAfter = answersAfter;
  await app.start();
  prepare(app);
  await app.settle();
  return app;
}

/** Devices with an outcome. */
function devicesWith(app: Simulation, outcome: DeviceReport['outcome']): DeviceReport[] {
  return [...app.ledger.outcomes.values()].filter((report) => report.outcome === outcome);
}

/** What was emitted about runs; the watchdog's gauges are left out. */
function emittedOf({ emitted }: Simulation): Simulation['emitted'] {
  return emitted.filter(({ metrics }) => metrics.OpenRuns === undefined);
}

const countsOf = (app: Simulation) => app.run.verification.map(({ found }) => found);

describe('a verified run', () => {
  it('finds in each look exactly those that checked in by then', async () => {
    const app = await verified();
    const found = { byItself: 0, gone: 0, at: expect.any(Number) as number };

    expect(countsOf(app)).toEqual([
      { ...found, checkedIn: 70, silent: 30, medianMinutes: 4, p90Minutes: 4 },
      { ...found, checkedIn: 70, silent: 30, medianMinutes: 4, p90Minutes: 4 },
      { ...found, checkedIn: 90, silent: 10, medianMinutes: 4, p90Minutes: 180 },
    ]);
  });

  it('looks at its moments, counted from its end, and is settled after the last', async () => {
    const { run, queue } = await verified();
    const delays = run.verification.map(({ dueAt }) => dueAt - (run.completedAt ?? 0));
    const late = run.verification.map(({ dueAt, found }) => (found?.at ?? 0) - dueAt);

    expect(delays).toEqual(verifyAfterMs);
    expect(Math.max(...late)).toBeLessThan(minute);
    expect(queue.messages.filter(({ queue: name }) => name !== 'monitor')).toEqual([]);
  });

  it('gives every device its outcome, with the time of its check-in', async () => {
    const app = await verified();
    const checkedIn = devicesWith(app, 'checkedIn');

    expect(checkedIn).toHaveLength(90);
    expect(devicesWith(app, 'silent').map(({ deviceId: id }) => id)).toEqual(
      fleet.map(({ id }) => id).filter((id) => placeOf(id) % 10 === 9),
    );
    for (const { deviceId: id, acceptedAt = '', checkedInAt = '', ownership } of checkedIn) {
      const delayMs = Date.parse(checkedInAt) - Date.parse(acceptedAt);
      expect({ delayMs, ownership }).toEqual({ delayMs: answersAfter(id), ownership: 'company' });
    }
  });

  it('emits what each look found', async () => {
    const emitted = emittedOf(await verified());
    const metrics = { CheckInMedianMinutes: 4 };

    expect(emitted.slice(1)).toEqual([
      { metrics: { ...metrics, CheckedInCount: 70, SilentCount: 30 } },
      { metrics: { ...metrics, CheckedInCount: 70, SilentCount: 30 } },
      { metrics: { ...metrics, CheckedInCount: 90, SilentCount: 10 } },
    ]);
  });

  it('reads each page of the fleet once in a look, and sends nothing', async () => {
    const app = await verified({ fleet: aFleet(2_500) });

    // One more listing is the plan's.
    expect(app.graph.pages).toBe(3 * 4);
    expect(app.graph.writes).toBe(2_500);
  });

  it('reads a few devices by their ids, and no page', async () => {
    const scope = { deviceIds: fleet.slice(0, 10).map(({ id }) => id) };
    const app = new Simulation({ fleet, verifyAfterMs });
    app.graph.answersAfter = answersAfter;
    await app.start({ scope });
    await app.settle();

    expect(app.graph.pages).toBe(0);
    expect(countsOf(app).map((found) => found?.checkedIn)).toEqual([7, 7, 9]);
  });

  it('writes a device only when something changed', async () => {
    const app = await verified();
    const writes = app.calls.filter((call) => call === 'ledger.saveVerdicts');

    // Two pages of devices at the first look, none at the second, the late ones at the third.
    expect(writes).toHaveLength(4);
  });
});

describe('a device', () => {
  it('that checked in after the run began, yet before its command, counts apart', async () => {
    const own = deviceId(99);
    const app = await verified({}, ({ graph, clock }) => graph.checkIns.set(own, clock.now()));

    expect(countsOf(app).at(-1)).toMatchObject({ checkedIn: 90, byItself: 1, silent: 9 });
    expect(app.ledger.outcomes.get(`${app.run.id}/${own}`)).toMatchObject({
      outcome: 'checkedIn',
      reason: 'byItself',
    });
  });

  it('that checked in before the run is silent', async () => {
    const before = { lastSyncAt: Date.UTC(2026, 10, 20, 23, 59) };
    const app = await verified({ fleet: aFleet(10, before) }, ({ graph }) => {
      graph.answersAfter = () => undefined;
    });

    expect(countsOf(app).at(-1)).toMatchObject({ checkedIn: 0, byItself: 0, silent: 10 });
    expect(countsOf(app).at(-1)).not.toHaveProperty('medianMinutes');
  });

  it('that was deleted is gone, and back when it is listed again', async () => {
    const app = new Simulation({ fleet, verifyAfterMs });
    app.graph.answersAfter = answersAfter;
    const removed = [deviceId(9), deviceId(19)];
    for (const id of removed) app.graph.checkIns.set(id, Infinity);
    await app.start();
    await app.settle(10 * minute);
    app.graph.deleted.add(deviceId(9)).add(deviceId(19));
    await app.settle(2 * hour);
    app.graph.deleted.delete(deviceId(19));
    await app.settle();

    const counts = countsOf(app).map((found) => [found?.silent, found?.gone]);
    expect(counts).toEqual([
      [28, 2],
      [28, 2],
      [9, 1],
    ]);
  });
});

describe('a run without a look', () => {
  it.each<[string, Partial<SimulationOptions>]>([
    ['that reached nobody', { script: () => ({ status: 404 }) }],
    ['whose verification is switched off', { verifyAfterMs: [] }],
  ])('is one %s', async (_what, options) => {
    const app = await verified(options);

    expect(app.run.verification).toEqual([]);
    expect(emittedOf(app)).toHaveLength(1);
  });

  it('is one whose action makes no device check in', async () => {
    const clients = aFleet(3, { managementAgent: 'configurationManagerClientMdm' });
    const app = new Simulation({ fleet: clients, verifyAfterMs });
    const parameters = { configurationManagerAction: 'quickScan' };
    await app.start({ action: 'configurationManagerAction', parameters });
    await app.settle();

    expect(app.run).toMatchObject({
      status: 'completed',
      totals: { success: 3 },
      verification: [],
    });
  });
});

/** Makes the lists of a simulation fail after the plan was made, as often as there are errors. */
function failing(errors: (Error | 'short')[]): Partial<SimulationOptions> {
  const override: SimulationOptions['override'] = ({ graph }) => ({
    directory: {
      listDevices: () => graph.listDevices(),
      listTargets: (list) => graph.listTargets(list),
      getDevices: (ids) => graph.getDevices(ids),
      countEnrolled: () => graph.countEnrolled(),
      listGroupMembers: (id) => graph.listGroupMembers(id),
      async *listCheckIns(): AsyncIterable<readonly ListedDevice[]> {
        const error = errors.shift();
        if (error instanceof Error) throw error;
        for await (const page of graph.listDevices()) {
          yield error === 'short' ? (page as ListedDevice[]).slice(0, 80) : page;
        }
      },
    },
  });
  return { override };
}

describe('a list that cannot be read', () => {
  const broken = () => new ListingError(listingFailed('Page 2 failed.'));

  it('is read again after a while, and nothing is said of any device meanwhile', async () => {
    const app = await verified(failing([broken(), broken()]));
    const [first] = app.run.verification;

    expect(first).toMatchObject({ failures: 2, found: { checkedIn: 70, silent: 30 } });
    expect((first?.found?.at ?? 0) - (first?.dueAt ?? 0)).toBeGreaterThanOrEqual(3 * minute);
  });

  it('is read again when it is clearly too short', async () => {
    const app = await verified(failing(['short']));

    expect(app.run.verification[0]).toMatchObject({ failures: 1, found: { gone: 0 } });
  });

  it('is waited for as long as Graph asks', async () => {
    const error = new ListingError(listingFailed('Busy.'), { retryAfterMs: 20 * minute });
    const app = await verified(failing([error]));
    const [first] = app.run.verification;

    expect((first?.found?.at ?? 0) - (first?.dueAt ?? 0)).toBeGreaterThanOrEqual(20 * minute);
  });

  it('is given up in the end: the look is missing, and no device is silent by it', async () => {
    const problem = missingPermission(['Some.Role']);
    const errors = Array.from({ length: 6 }, () => new ListingError(problem));
    const app = await verified({ ...failing(errors), verifyAfterMs: [15 * minute] });

    expect(app.run.verification).toMatchObject([{ failures: 6, problem }]);
    expect(app.run.verification[0]).not.toHaveProperty('found');
    expect(devicesWith(app, 'accepted')).toHaveLength(100);
    expect(emittedOf(app)).toHaveLength(1);
  });

  it('is made good by the next look', async () => {
    const errors = Array.from({ length: 6 }, broken);
    const app = await verified({ ...failing(errors), verifyAfterMs: [minute, 24 * hour] });

    expect(app.run.verification[0]?.problem).toEqual(broken().problem);
    expect(countsOf(app)[1]).toMatchObject({ checkedIn: 90, silent: 10 });
  });
});

describe('after an outage of the app', () => {
  it('one look stands for all that were due', async () => {
    const app = new Simulation({ fleet, verifyAfterMs });
    app.graph.answersAfter = answersAfter;
    await app.start();
    await app.settle(10 * minute);
    app.clock.moveTo(app.clock.now() + 5 * hour);
    await app.settle(10 * minute);

    const [first, second, third] = app.run.verification;
    expect(first?.found).toMatchObject({ checkedIn: 90, silent: 10 });
    expect(second?.found).toEqual(first?.found);
    expect(third).not.toHaveProperty('found');
    expect(app.graph.pages).toBe(2);
  });
});

describe('a message about a run that ended', () => {
  it('that comes twice changes nothing', async () => {
    const app = new Simulation({ fleet, verifyAfterMs });
    app.graph.answersAfter = answersAfter;
    await app.start();
    const send = app.queue.send.bind(app.queue);
    app.queue.send = (name, entry, delayMs) => {
      if (name === 'monitor') send(name, entry, delayMs);
      return send(name, entry, delayMs);
    };
    await app.settle();

    expect(countsOf(app).map((found) => found?.checkedIn)).toEqual([70, 70, 90]);
    expect(app.graph.pages).toBe(4);
    const verified = emittedOf(app).filter(({ event }) => event === undefined);
    expect(verified).toHaveLength(3);
  });

  it('that was lost is replaced by the watchdog', async () => {
    const app = await verified({}, ({ queue }) => {
      const send = queue.send.bind(queue);
      queue.send = (name, entry, delayMs) => {
        const message = send(name, entry, delayMs);
        if (delayMs > 5 * minute) queue.messages = queue.messages.filter((one) => one !== message);
        return message;
      };
    });
    const late = app.run.verification.map(({ dueAt, found }) => (found?.at ?? 0) - dueAt);

    expect(Math.max(...late)).toBeGreaterThan(2 * minute);
    expect(Math.max(...late)).toBeLessThan(20 * minute);
    expect(countsOf(app).at(-1)).toMatchObject({ checkedIn: 90, silent: 10 });
  });

  it('that waits for its time is not taken for lost', async () => {
    const app = await verified();
    const looks = app.calls.filter((call) => call === 'queue.enqueueMonitor');
    const watched = app.emitted.filter(({ metrics }) => metrics.OpenRuns !== undefined);

    // The watchdog came by nearly a hundred times; the messages are those of the run and of its looks.
    expect(watched.length).toBeGreaterThan(90);
    expect(looks.length).toBeLessThan(15);
  });
});

describe('telemetry that fails', () => {
  it('never fails a look, and is given up after nine tries', async () => {
    const telemetry = { emit: () => Promise.reject(new Error('no network')) };
    const app = await verified({ override: () => ({ telemetry }), verifyAfterMs: [hour] });

    expect(app.run.verification).toMatchObject([
      { reportAttempts: 9, found: { checkedIn: 70, silent: 30 } },
    ]);
  });
});

describe('a run that renudges', () => {
  it('sends once more to those that the first look found silent, and to nobody else', async () => {
    const app = new Simulation({ fleet, verifyAfterMs });
    app.graph.answersAfter = answersAfter;
    await app.start({ renudge: true });
    const first = app.run.id;
    await app.settle();
    const parent = app.runs.rows.get(first);

    expect(app.run).toMatchObject({
      trigger: 'retry',
      requestedBy: 'renudge',
      source: { kind: 'retry', runId: first, outcomes: ['silent'] },
      totalDevices: 30,
    });
    expect(parent?.retriedBy).toEqual([app.run.id]);
    expect(app.runs.rows.size).toBe(2);
    expect(app.graph.writes).toBe(130);
    expect(parent?.verification.at(-1)?.found).toMatchObject({ checkedIn: 90, silent: 10 });
  });

  it('starts nothing when nobody is silent', async () => {
    const app = new Simulation({ fleet, verifyAfterMs });
    app.graph.answersAfter = () => minute;
    await app.start({ renudge: true });
    await app.settle();

    expect(app.runs.rows.size).toBe(1);
    expect(app.run.renudgedAt).toBeGreaterThan(app.run.completedAt ?? 0);
  });

  it('waits for an open run that stands in the way, for an hour', async () => {
    const app = new Simulation({ fleet: aFleet(3_000), verifyAfterMs });
    app.graph.answersAfter = answersAfter;
    await app.start({ renudge: true, scope: { deviceIds: [deviceId(9)] } });
    const first = app.run.id;
    await app.settle(5 * minute);
    await app.start();
    const fleetRun = app.run.id;
    await app.settle();
    const child = [...app.runs.rows.values()].find(({ requestedBy }) => requestedBy === 'renudge');

    expect(app.runs.rows.get(first)?.retriedBy).toEqual([child?.id]);
    expect(child?.createdAt).toBeGreaterThan(app.runs.rows.get(fleetRun)?.completedAt ?? Infinity);
  });

  it('leaves the silent ones when that takes longer', async () => {
    const app = new Simulation({ fleet: aFleet(20), verifyAfterMs, writesPerSecond: 0.001 });
    app.graph.answersAfter = () => undefined;
    await app.start({ renudge: true, scope: { deviceIds: [deviceId(9)] } });
    const first = app.run.id;
    await app.settle(5 * minute);
    await app.start();
    await app.settle(12 * hour);
    const { retriedBy, renudgedAt = 0, verification } = app.runs.rows.get(first) ?? app.run;

    expect(retriedBy).toEqual([]);
    expect(renudgedAt - (verification[0]?.found?.at ?? 0)).toBeGreaterThanOrEqual(hour);
  });
});
