import { describe, expect, it } from 'vitest';
import type { Alert } from '../../src/core/alert.ts';
import { alertRules, anAlert } from '../support/factories.ts';
import { aFleet } from '../support/fleet.ts';
import { Simulation, silentLog } from '../support/simulation.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const rules = alertRules('compromised-policy', 'stolen-token');

function anApp(): Simulation {
  return new Simulation({ fleet: aFleet(60) });
}

function deliver(app: Simulation, overrides: Partial<Alert> = {}, alertRules = rules) {
  return app.receiveAlert(alertRules)(anAlert(overrides), 'test', silentLog);
}

/** Lets time pass without anything else happening. */
function wait(app: Simulation, ms: number): void {
  app.clock.moveTo(app.clock.now() + ms);
}

describe('an alert of a rule', () => {
  it('starts an urgent run of every device of its scope, with a reason that names the rule', async () => {
    const app = anApp();
    const scope = { platforms: ['windows' as const] };
    const rule = { name: 'Any rule', run: { scope, maxDevices: 100 }, cooldownMs: 0 };
    await deliver(app, { rule: 'Any rule' }, new Map([['Any rule', rule]]));
    const { run } = app;
    await app.settle();

    expect(run).toMatchObject({
      action: 'syncDevice',
      trigger: 'alert',
      requestedBy: 'test',
      priority: 'urgent',
      reason: 'Alert rule Any rule',
      scope,
      skip: {},
      maxDevices: 100,
      status: 'planning',
    });
    expect(app.run).toMatchObject({ status: 'completed', totals: { success: 60 } });
  });

  it('gives the rule’s own reason, if it has one', async () => {
    const app = anApp();
    const rule = { name: 'r', run: {}, cooldownMs: 0, reason: 'Policy withdrawn' };
    await deliver(app, { rule: 'r' }, new Map([['r', rule]]));

    expect(app.run.reason).toBe('Policy withdrawn (alert rule r)');
  });

  it.each<[string, Partial<Alert>]>([
    ['resolved', { condition: 'resolved' }],
    ['otherCondition', { condition: 'other' }],
    ['unknownRule', { rule: 'another' }],
    ['unknownRule', { rule: undefined }],
    ['unknownRule', { rule: 'Compromised-Policy' }],
    ['unknownRule', { rule: 'constructor' }],
    ['unknownRule', { rule: '__proto__' }],
  ])('is %s when it is %j, and writes nothing', async (kind, overrides) => {
    const app = anApp();

    expect(await deliver(app, overrides)).toEqual({ kind });
    expect(app.calls).toEqual([]);
  });

  it('has its rule in the log, and nothing else of it', async () => {
    const lines: string[] = [];
    const note = (line: string) => void lines.push(line);
    const app = anApp();
    const log = { info: note, warn: note, error: note };
    await app.receiveAlert(rules)(anAlert({ id: 'secret', firedAt: 'secret' }), 'secret', log);

    expect(lines).toEqual([`Alert of the rule "compromised-policy": started, run ${app.run.id}`]);
  });
});

describe('one alert delivered again', () => {
  it('many times at once starts one run, which the others join', async () => {
    const app = anApp();
    const results = await Promise.all([1, 2, 3, 4, 5].map(() => deliver(app)));
    await app.settle();

    expect(results.map(({ kind }) => kind).sort()).toEqual([
      'joined',
      'joined',
      'joined',
      'joined',
      'started',
    ]);
    expect(app.runs.rows.size).toBe(1);
    expect(app.graph.writes).toBe(60);
  });

  it('while its run is open joins it', async () => {
    const app = anApp();
    await deliver(app);

    expect(await deliver(app)).toMatchObject({ kind: 'joined', run: { id: app.run.id } });
  });

  it('after its run, also after the cool-down, starts none', async () => {
    const app = anApp();
    await deliver(app);
    await app.settle();
    wait(app, 23 * HOUR_MS);

    expect(await deliver(app)).toMatchObject({ kind: 'repeated', run: { id: app.run.id } });
    expect(app.runs.rows.size).toBe(1);
  });

  it('starts none either when it had joined the run of another alert', async () => {
    const app = anApp();
    await deliver(app, { id: 'alert-1' });
    await deliver(app, { id: 'alert-2' });
    await app.settle();
    wait(app, 2 * HOUR_MS);

    expect(await deliver(app, { id: 'alert-2' })).toMatchObject({ kind: 'repeated' });
    expect(app.runs.rows.size).toBe(1);
  });

  it('starts none either when it had come while the rule was cooling down', async () => {
    const app = anApp();
    await deliver(app, { id: 'alert-1' });
    await app.settle();
    await deliver(app, { id: 'alert-2' });
    wait(app, 2 * HOUR_MS);

    expect(await deliver(app, { id: 'alert-2' })).toMatchObject({ kind: 'repeated' });
    expect(app.runs.rows.size).toBe(1);
  });

  it('a day later is a new one', async () => {
    const app = anApp();
    await deliver(app);
    await app.settle();
    wait(app, 24 * HOUR_MS + 1);

    expect(await deliver(app)).toMatchObject({ kind: 'started' });
  });

  it.each<[string, Partial<Alert>]>([
    ['another id', { id: 'alert-2' }],
    ['no id', { id: undefined }],
    ['another time', { firedAt: '2026-01-04T02:00:01Z' }],
    ['no time', { firedAt: undefined }],
  ])('is another alert with %s', async (_, overrides) => {
    const app = anApp();
    await deliver(app);
    await app.settle();
    wait(app, 2 * HOUR_MS);

    expect(await deliver(app, overrides)).toMatchObject({ kind: 'started' });
  });
});

describe('other alerts of a rule', () => {
  it('join the run that the rule has open', async () => {
    const app = anApp();
    await deliver(app);
    const { run } = app;

    expect(await deliver(app, { id: 'alert-2' })).toEqual({ kind: 'joined', run });
  });

  it('start one run when many come at once', async () => {
    const app = anApp();
    const results = await Promise.all(
      [1, 2, 3, 4, 5].map((number) => deliver(app, { id: `alert-${number}` })),
    );
    await app.settle();

    expect(results.filter(({ kind }) => kind === 'started')).toHaveLength(1);
    expect(app.runs.rows.size).toBe(1);
    expect(app.graph.writes).toBe(60);
  });

  it('start none until the cool-down is over, and are told when that is', async () => {
    const app = anApp();
    const startedAt = app.clock.now();
    await deliver(app);
    await app.settle();
    const { run } = app;
    app.clock.moveTo(startedAt + HOUR_MS - 1);
    const early = await deliver(app, { id: 'alert-2' });
    app.clock.moveTo(startedAt + HOUR_MS);
    const later = await deliver(app, { id: 'alert-3' });

    expect(early).toEqual({ kind: 'coolingDown', run, until: startedAt + HOUR_MS });
    expect(later.kind).toBe('started');
  });

  it('start one a minute after a run that failed before it sent anything', async () => {
    const app = anApp();
    const startedAt = app.clock.now();
    await deliver(app);
    await app.runs.update(app.run.id, (run) => ({
      ...run,
      status: 'failed',
      completedAt: startedAt,
    }));
    const atOnce = await deliver(app, { id: 'alert-2' });
    app.clock.moveTo(startedAt + MINUTE_MS);
    const later = await deliver(app, { id: 'alert-3' });

    expect(atOnce).toMatchObject({ kind: 'coolingDown', until: startedAt + MINUTE_MS });
    expect(later.kind).toBe('started');
  });
});

describe('a run of an alert', () => {
  it('starts beside every other open run, and is in nobody’s way', async () => {
    const app = anApp();
    const scheduled = await app.start();
    const urgent = await app.start({ priority: 'urgent' });
    const first = await deliver(app);
    const second = await deliver(app, { rule: 'stolen-token' });
    const refused = await app.start({ priority: 'urgent' });

    expect([scheduled, urgent, first, second].map(({ kind }) => kind)).toEqual([
      'started',
      'started',
      'started',
      'started',
    ]);
    expect(refused).toMatchObject({ kind: 'overlap', open: { trigger: 'http' } });
  });
});

describe('a delivery that dies', () => {
  const undisturbed = anApp();
  const deaths = [
    'keys.claim',
    'openRuns.admit',
    'runs.create',
    'queue.enqueuePlan',
    'queue.enqueueMonitor',
    'budget.announceUrgent',
  ];

  it('has six writes to die at', async () => {
    await deliver(undisturbed);

    expect(undisturbed.calls).toEqual(deaths);
  });

  for (const when of ['before', 'after'] as const) {
    it.each(deaths.map((step, call) => ({ step, call })))(
      `${when} $step is finished by the next one, in one run`,
      async ({ call }) => {
        const app = new Simulation({ fleet: aFleet(60), crash: { call, when } });
        await Promise.race([deliver(app), app.settle(1)]);
        const again = await deliver(app);
        await app.settle();

        expect(['started', 'joined']).toContain(again.kind);
        expect(app.runs.rows.size).toBe(1);
        expect(app.run).toMatchObject({ status: 'completed', totals: { success: 60 } });
        expect(app.graph.writes).toBe(60);
      },
    );

    it.each(deaths.map((step, call) => ({ step, call })))(
      `${when} $step is finished by another alert of its rule, in one run`,
      async ({ call }) => {
        const app = new Simulation({ fleet: aFleet(60), crash: { call, when } });
        await Promise.race([deliver(app), app.settle(1)]);
        await deliver(app, { id: 'alert-2' });
        await deliver(app);
        await app.settle();

        expect(app.runs.rows.size).toBe(1);
        expect(app.run).toMatchObject({ status: 'completed', totals: { success: 60 } });
        expect(app.graph.writes).toBe(60);
      },
    );
  }
});

describe('a delivery that hangs', () => {
  it('starts no second run when it goes on after another one did its work', async () => {
    const app = anApp();
    const create = app.runs.create.bind(app.runs);
    let goOn = () => {};
    app.runs.create = (run) => {
      app.runs.create = create;
      return new Promise((resolve) => {
        goOn = () => {
          resolve(create(run));
        };
      });
    };
    const hanging = deliver(app);
    const repeated = await deliver(app);
    const other = await deliver(app, { id: 'alert-2' });
    await app.settle();
    goOn();

    expect(repeated.kind).toBe('started');
    expect(other.kind).toBe('joined');
    expect((await hanging).kind).toBe('joined');
    expect(app.runs.rows.size).toBe(1);
  });
});

describe('messages that cannot be sent', () => {
  it('leave the run to the next delivery', async () => {
    const app = anApp();
    const enqueuePlan = app.queue.enqueuePlan.bind(app.queue);
    app.queue.enqueuePlan = () => Promise.reject(new Error('storage'));
    await expect(deliver(app)).rejects.toThrow('storage');
    app.queue.enqueuePlan = enqueuePlan;
    const again = await deliver(app);
    const sent = app.queue.messages.map(({ queue }) => queue);
    await app.settle();

    expect(again.kind).toBe('joined');
    expect(sent).toEqual(['plans', 'monitor']);
    expect(app.run).toMatchObject({ status: 'completed', totals: { success: 60 } });
  });

  it('are sent by the watchdog when no delivery comes', async () => {
    const app = anApp();
    const enqueuePlan = app.queue.enqueuePlan.bind(app.queue);
    app.queue.enqueuePlan = () => Promise.reject(new Error('storage'));
    await expect(deliver(app)).rejects.toThrow('storage');
    app.queue.enqueuePlan = enqueuePlan;
    await app.settle();

    expect(app.run).toMatchObject({ status: 'completed', totals: { success: 60 } });
  });
});
