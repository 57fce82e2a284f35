import { describe, expect, it } from 'vitest';
import { actions } from '../../src/core/actions/index.ts';
import { retryRequestSchema, runRequestSchema } from '../../src/schemas/run-request-schema.ts';
import { aRunId } from '../support/factories.ts';

/** What is wrong with a body: each path with its message. */
function problemsOf(schema: typeof runRequestSchema | typeof retryRequestSchema, body: unknown) {
  const { error } = schema.safeParse(body);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

/** What a body needs beside the name of the action. */
const needed = {
  syncDevice: {},
  configurationManagerAction: { configurationManagerAction: 'wakeUpClient' },
  exchangeConnectorSync: { syncType: 'deltaSync' },
};

const wrong = (body: unknown) => problemsOf(runRequestSchema, body);

const decided = 'is decided by the plan; leave it out together with fromPlan';

describe('the body that starts a run', () => {
  it('may be empty: nothing is decided by a default here', () => {
    expect(runRequestSchema.parse({})).toEqual({});
  });

  it('keeps everything that is given, with texts trimmed and ids in lower case', () => {
    const body = {
      action: 'syncDevice',
      skip: { syncedWithinMinutes: 0, enrolledWithinHours: 2.5, staleDays: 30 },
      mode: 'perDevice',
      priority: 'urgent',
      dryRun: false,
      maxDevices: 10_000_000,
      strict: true,
      timeoutMinutes: 10_080,
      onOverlap: 'coalesce',
    };
    const id = 'ABCDEF00-0000-4000-8000-000000000001';
    const scope = { deviceIds: [id, id.toLowerCase()] };
    expect(runRequestSchema.parse({ ...body, reason: ' drill ', scope })).toEqual({
      ...body,
      reason: 'drill',
      scope: { deviceIds: [id.toLowerCase()] },
    });
  });

  it('names every action there is, and no other', () => {
    for (const [action, parameters] of Object.entries(needed)) {
      expect(wrong({ action, ...parameters })).toEqual([]);
    }
    expect(Object.keys(needed)).toEqual(Object.keys(actions));
    for (const action of ['wipe', 'retire', 'delete', 'syncdevice', 'constructor']) {
      expect(wrong({ action })).toHaveLength(1);
    }
  });

  it.each([
    [{ maxDevices: 1.5 }, /^maxDevices: must be a whole number, for example 5000$/],
    [{ maxDevices: '5' }, /^maxDevices: must be a whole number, for example 5000$/],
    [{ maxDevices: 0 }, /^maxDevices: must be a whole number/],
    [{ maxDevices: 10_000_001 }, /^maxDevices: must be a whole number/],
    [{ timeoutMinutes: 0.5 }, /^timeoutMinutes: /],
    [{ timeoutMinutes: 10_081 }, /^timeoutMinutes: /],
    [{ skip: { syncedWithinMinutes: -1 } }, /^skip\.syncedWithinMinutes: /],
    [{ skip: { enrolledWithinHours: 8_761 } }, /^skip\.enrolledWithinHours: /],
    [{ skip: { staleDays: 0 } }, /^skip\.staleDays: /],
    [{ skip: { stale: 5 } }, /^skip: .*stale/],
    [{ dryRun: 'yes' }, /^dryRun: .*boolean/],
    [{ strict: 1 }, /^strict: .*boolean/],
    [{ mode: 'fast' }, /^mode: .*perDevice.*bulk/],
    [{ priority: 'high' }, /^priority: .*urgent/],
    [{ onOverlap: 'wait' }, /^onOverlap: .*coalesce/],
    [{ reason: null }, /^reason: must be a text, for example "Policy rolled back"$/],
    [{ reason: '  ' }, /^reason: must not be empty; leave it out instead$/],
    [{ scope: null }, /^scope: must be an object, for example/],
    [{ unknown: 1 }, /^: .*unknown/],
  ])('cannot be %j', (body, problem) => {
    expect(wrong(body)).toEqual([expect.stringMatching(problem)]);
  });

  it.each(['', 'latest', `${aRunId}'`, 5])('takes no plan by the id %j', (fromPlan) => {
    expect(wrong({ fromPlan })).toHaveLength(1);
    expect(wrong({ fromPlan })[0]).toMatch(/^fromPlan: /);
  });

  it.each([
    [{ scope: {} }, 'fromPlan: already has its scope; leave out scope'],
    [{ scope: { platforms: ['windows'] } }, 'fromPlan: already has its scope; leave out scope'],
    [{ dryRun: true }, `dryRun: ${decided}`],
    [{ maxDevices: 5 }, `maxDevices: ${decided}`],
    [{ skip: {} }, `skip: ${decided}`],
    [{ strict: true }, `strict: ${decided}`],
    [{ timeoutMinutes: 5 }, `timeoutMinutes: ${decided}`],
  ])('runs a plan, or has %j, not both', (more, problem) => {
    expect(wrong({ fromPlan: aRunId })).toEqual([]);
    expect(wrong({ fromPlan: aRunId, ...more })).toEqual([problem]);
  });
});

describe('the body that retries a run', () => {
  it('may be empty, or name outcomes and a reason', () => {
    expect(retryRequestSchema.parse({})).toEqual({});
    const body = { outcomes: ['failed', 'notFound', 'notSupported'], reason: 'again' };
    expect(retryRequestSchema.parse(body)).toEqual(body);
  });

  it.each([
    [{ outcomes: [] }, /^outcomes: must name an outcome, for example \["failed"\]/],
    [{ outcomes: ['accepted'] }, /^outcomes\.0: /],
    [{ outcomes: ['skipped'] }, /^outcomes\.0: /],
    [{ scope: {} }, /^: .*scope/],
  ])('cannot be %j', (body, problem) => {
    expect(problemsOf(retryRequestSchema, body)).toEqual([expect.stringMatching(problem)]);
  });
});
