import { describe, expect, it } from 'vitest';
import { alertRules, anAlert } from '../support/factories.ts';
import { aFleet, deviceId } from '../support/fleet.ts';
import { Simulation, type SimulationOptions, silentLog } from '../support/simulation.ts';

const request = { action: 'syncDevice', trigger: 'http', requestedBy: 'test' } as const;

function anApp(options: Partial<SimulationOptions> = {}): Simulation {
  return new Simulation({ fleet: aFleet(60), ...options });
}

describe('two runs at the same time', () => {
  it('are one when they start at the same moment', async () => {
    for (let repetition = 0; repetition < 100; repetition++) {
      const app = anApp();
      const starts = [app.start(), app.start(), app.start()];
      await app.settle(3_000);
      const results = await Promise.all(starts);

      expect(results.map(({ kind }) => kind).sort()).toEqual(['overlap', 'overlap', 'started']);
      expect(app.runs.rows.size).toBe(1);
    }
  });

  it('are refused while one is open, and not after it', async () => {
    const app = anApp();
    await app.start();
    const second = await app.start();
    const firstId = app.run.id;
    await app.settle();
    const third = await app.start();

    expect(second).toMatchObject({ kind: 'overlap', open: { id: firstId } });
    expect(third.kind).toBe('started');
  });

  it('are allowed when their scopes name different devices', async () => {
    const app = anApp();
    const first = await app.start({ scope: { deviceIds: [deviceId(1), deviceId(2)] } });
    const other = await app.start({ scope: { deviceIds: [deviceId(3)] } });
    const same = await app.start({ scope: { deviceIds: [deviceId(2)] } });

    expect([first.kind, other.kind, same.kind]).toEqual(['started', 'started', 'overlap']);
  });

  it('are allowed when one is urgent: it never waits for a normal one', async () => {
    const app = anApp();
    await app.start();

    expect((await app.start({ priority: 'urgent' })).kind).toBe('started');
    expect((await app.start({ priority: 'urgent' })).kind).toBe('overlap');
  });

  it('are allowed when one is a dry run, which sends nothing', async () => {
    const app = anApp();
    await app.start();

    expect((await app.start({ dryRun: true })).kind).toBe('started');
  });

  it('do not wait for a run whose start died before its row was written', async () => {
    const app = anApp();
    app.openRuns.lanes.set('syncDevice-normal', [
      { runId: '8204751216926-8d117533', at: app.clock.now() },
    ]);
    const started = app.start();
    await app.settle(10_000);

    expect((await started).kind).toBe('started');
  });
});

describe('an idempotency key', () => {
  const idempotency = { key: 'drill-1', fingerprint: 'a' };

  it('gives the run it started, also when that is over', async () => {
    const app = anApp();
    const first = await app.start({}, { idempotency });
    await app.settle();
    const again = await app.start({}, { idempotency });

    expect(first.kind).toBe('started');
    expect(again).toMatchObject({ kind: 'repeated', run: { id: app.run.id } });
    expect(app.runs.rows.size).toBe(1);
  });

  it('starts one run when it is used many times at once', async () => {
    const app = anApp();
    const starts = Array.from({ length: 5 }, () => app.start({}, { idempotency }));
    await app.settle();
    const results = await Promise.all(starts);

    expect(results.filter(({ kind }) => kind === 'started')).toHaveLength(1);
    expect(results.filter(({ kind }) => kind === 'repeated')).toHaveLength(4);
  });

  it('is refused for another request', async () => {
    const app = anApp();
    await app.start({}, { idempotency });
    const other = await app.start({}, { idempotency: { key: 'drill-1', fingerprint: 'b' } });

    expect(other).toEqual({ kind: 'keyReused' });
  });

  it('is kept for a day', async () => {
    const app = anApp();
    await app.start({}, { idempotency });
    await app.settle();
    app.clock.moveTo(app.clock.now() + 25 * 3_600_000);

    expect((await app.start({}, { idempotency })).kind).toBe('started');
  });

  it('is free again when the run was refused for an overlap', async () => {
    const app = anApp();
    await app.start();
    const refused = await app.start({}, { idempotency });
    await app.settle();

    expect(refused.kind).toBe('overlap');
    expect((await app.start({}, { idempotency })).kind).toBe('started');
  });

  it('is taken over from a request that died before its run had a row', async () => {
    const app = anApp();
    const lost = { runId: '8204751216926-8d117533', fingerprint: 'a', at: app.clock.now() };
    app.keys.entries.set('drill-1', lost);
    const started = app.start({}, { idempotency });
    await app.settle();

    expect((await started).kind).toBe('started');
  });
});

describe('a request whose run could not be started', () => {
  const idempotency = { key: 'drill-1', fingerprint: 'a' };

  /** The queue takes no plan message for the first so many starts. */
  async function failedOnce(failures = 1): Promise<Simulation> {
    const app = anApp();
    const enqueuePlan = app.queue.enqueuePlan.bind(app.queue);
    app.queue.enqueuePlan = (runId, delayMs) =>
      failures-- > 0 ? Promise.reject(new Error('storage')) : enqueuePlan(runId, delayMs);
    await expect(app.start({}, { idempotency })).rejects.toThrow('storage');
    app.clock.moveTo(app.clock.now() + 1);
    return app;
  }

  it('can be repeated with its key, and then gives the run it started', async () => {
    const app = await failedOnce();
    const again = await app.start({}, { idempotency });
    const repeated = await app.start({}, { idempotency });
    await app.settle();

    expect(again).toMatchObject({ kind: 'started', run: { id: app.run.id } });
    expect(repeated).toMatchObject({ kind: 'repeated', run: { id: app.run.id } });
    expect(app.run).toMatchObject({ status: 'completed', totals: { success: 60 } });
    expect([...app.runs.rows.values()].map(({ status }) => status).sort()).toEqual([
      'completed',
      'failed',
    ]);
  });

  it('can be repeated as often as it fails', async () => {
    const app = await failedOnce(3);
    await expect(app.start({}, { idempotency })).rejects.toThrow('storage');
    await expect(app.start({}, { idempotency })).rejects.toThrow('storage');

    expect((await app.start({}, { idempotency })).kind).toBe('started');
  });

  it('starts one run when it is repeated many times at once', async () => {
    const app = await failedOnce();
    const starts = Array.from({ length: 5 }, () => app.start({}, { idempotency }));
    await app.settle();
    const results = await Promise.all(starts);

    expect(results.filter(({ kind }) => kind === 'started')).toHaveLength(1);
    expect(results.filter(({ kind }) => kind === 'repeated')).toHaveLength(4);
    expect(app.graph.writes).toBe(60);
  });

  it('does not lend its key to another request', async () => {
    const app = await failedOnce();
    const other = await app.start({}, { idempotency: { key: 'drill-1', fingerprint: 'b' } });

    expect(other).toEqual({ kind: 'keyReused' });
  });

  it('keeps its run when even that failure could not be written: it goes on by itself', async () => {
    const app = anApp();
    app.queue.enqueuePlan = () => Promise.reject(new Error('storage'));
    app.runs.update = () => Promise.reject(new Error('storage'));
    await expect(app.start({}, { idempotency })).rejects.toThrow('storage');

    expect(await app.start({}, { idempotency })).toMatchObject({
      kind: 'repeated',
      run: { id: app.run.id, status: 'planning' },
    });
  });
});

describe('a row whose first write was answered too late', () => {
  it('is the row of the run: it is started, and its devices are synced', async () => {
    const app = anApp();
    const create = app.runs.create.bind(app.runs);
    app.runs.create = async (run) => {
      await create(run);
      // The storage client tried again, and met what it had written itself.
      await create(run);
    };
    const result = await app.start();
    await app.settle();

    expect(result.kind).toBe('started');
    expect(app.run).toMatchObject({ status: 'completed', totals: { success: 60 } });
  });
});

describe('messages that cannot be sent', () => {
  it('fail the run, so that it does not happen later', async () => {
    const app = anApp();
    app.queue.enqueuePlan = () => Promise.reject(new Error('storage'));

    await expect(app.startRun(request, silentLog)).rejects.toThrow('storage');
    expect(app.run).toMatchObject({ status: 'failed', problem: { code: 'notStarted' } });
  });
});

describe('a caller who starts run after run', () => {
  /** Starts dry runs, which stand in nobody's way, until the caller has to wait. */
  async function exhausted(options = {}): Promise<Simulation> {
    const app = anApp(options);
    for (let start = 1; start <= 10; start++) {
      expect((await app.start({ dryRun: true })).kind).toBe('started');
    }
    return app;
  }

  it('has to wait after ten, and is told for how long', async () => {
    const app = await exhausted();

    expect(await app.start({ dryRun: true })).toEqual({ kind: 'tooMany', retryAfterMs: 6_000 });
    expect(app.runs.rows.size).toBe(10);
    app.clock.moveTo(app.clock.now() + 6_000);
    expect((await app.start({ dryRun: true })).kind).toBe('started');
  });

  it('is in no other caller’s way', async () => {
    const app = await exhausted();

    expect((await app.start({ requestedBy: 'another' })).kind).toBe('started');
  });

  it('keeps neither the schedule nor an alert waiting', async () => {
    const app = await exhausted();
    const alert = await app.receiveAlert(alertRules('r'))(
      anAlert({ rule: 'r' }),
      'test',
      silentLog,
    );

    expect((await app.start({ trigger: 'schedule' })).kind).toBe('started');
    expect(alert.kind).toBe('started');
  });

  it('is told of the run of a repeated request all the same', async () => {
    const app = anApp();
    const idempotency = { key: 'drill-1', fingerprint: 'a' };
    const first = await app.start({ dryRun: true }, { idempotency });
    while ((await app.start({ dryRun: true })).kind === 'started');
    const again = await app.start({ dryRun: true }, { idempotency });

    expect(first.kind).toBe('started');
    expect(again.kind).toBe('repeated');
  });

  it('can use the key of a refused request again', async () => {
    const app = await exhausted();
    const idempotency = { key: 'drill-1', fingerprint: 'a' };
    const refused = await app.start({ dryRun: true }, { idempotency });
    app.clock.moveTo(app.clock.now() + 6_000);

    expect(refused.kind).toBe('tooMany');
    expect((await app.start({ dryRun: true }, { idempotency })).kind).toBe('started');
  });
});
