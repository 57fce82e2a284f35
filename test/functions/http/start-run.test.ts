import { describe, expect, it } from 'vitest';
import { runDocument } from '../../../src/functions/http/run-document.ts';
import { startRunHandler } from '../../../src/functions/http/start-run.ts';
import type {
  StartPlannedResult,
  startPlannedRun,
} from '../../../src/use-cases/start-planned-run.ts';
import type { StartResult, startRun } from '../../../src/use-cases/start-run.ts';
import { aDeviceId, aNewRunId, aRun, aRunId, startOfTest as now } from '../../support/factories.ts';
import { aPost, callHttp, jsonHeaders, problemHeaders } from '../support/call-http.ts';

const run = aRun({ trigger: 'http', requestedBy: 'functionKey' });

/** How the use cases of a handler behave. */
interface Behaviour {
  readonly result?: StartPlannedResult;
  readonly maxDevices?: number;
  readonly mode?: 'perDevice' | 'bulk';
  readonly isBetaOffered?: boolean;
  readonly isVerified?: boolean;
}

/** Posts to a handler over use cases that take note of what they are asked to start. */
async function postTo(behaviour: Behaviour, ...args: Parameters<typeof aPost>) {
  const { result = { kind: 'started', run }, maxDevices } = behaviour;
  const { mode = 'perDevice', isBetaOffered = true, isVerified = true } = behaviour;
  const requests: unknown[] = [];
  const options: unknown[] = [];
  const start: ReturnType<typeof startRun> = (request, _log, given) => {
    requests.push(request);
    options.push(given);
    return Promise.resolve(result as StartResult);
  };
  const startPlanned: ReturnType<typeof startPlannedRun> = (fromPlan, who, _log, given) => {
    requests.push({ fromPlan, ...who });
    options.push(given);
    return Promise.resolve(result);
  };
  const handler = startRunHandler({
    ...{ start, startPlanned, now: () => now },
    ...{ maxDevices, mode, isBetaOffered, isVerified },
  });
  const { log: _log, ...answer } = await callHttp(handler, aPost(...args));
  return { ...answer, requests, options };
}

async function post(...args: Parameters<typeof aPost>) {
  const { options: _options, ...answer } = await postTo({}, ...args);
  return answer;
}

const started = {
  action: 'syncDevice',
  parameters: {},
  trigger: 'http',
  requestedBy: 'functionKey',
  mode: 'perDevice',
};

describe('POST /runs', () => {
  it.each(['', '  ', {}])('starts a run for the body %j', async (body) => {
    expect(await post(body)).toEqual({
      status: 202,
      headers: { ...jsonHeaders, location: `/api/runs/${run.id}`, 'retry-after': '10' },
      body: runDocument(run, now),
      requests: [started],
    });
  });

  it('passes the reason on, without the spaces around it', async () => {
    const { status, requests } = await post({ reason: ' policy change ' });
    expect(status).toBe(202);
    expect(requests).toEqual([{ ...started, reason: 'policy change' }]);
  });

  it('takes JSON in any spelling of its media type', async () => {
    const { status } = await post({}, { 'content-type': 'Application/JSON; charset=utf-8' });
    expect(status).toBe(202);
  });

  it.each([
    [{ reason: 5 }, 'reason', /^must be a text, for example "Policy rolled back"$/],
    [{ reason: '' }, 'reason', /^must not be empty; leave it out instead$/],
    [{ reason: 'x'.repeat(501) }, 'reason', /^must have 500 characters at most$/],
    [[], '', 'must be an object'],
    ['null', '', 'must be an object'],
    ['"text"', '', 'must be an object'],
  ])('answers 400 with the path to %j', async (body, path, message) => {
    expect(await post(body)).toEqual({
      status: 400,
      headers: problemHeaders,
      body: {
        type: 'about:blank',
        title: 'The request is not valid',
        status: 400,
        detail: 'The body has fields that cannot be used.',
        errors: [{ path, message: expect.stringMatching(message) as unknown }],
      },
      requests: [],
    });
  });

  it.each([['deviceIds'], ['outcomes'], ['__proto__x'], ['deviceIds', 'actionName', 'command']])(
    'answers 400 to unknown fields, names each by its path and starts nothing: %s',
    async (...fields) => {
      const body = Object.fromEntries(fields.map((field) => [field, 'wipe']));
      const errors = fields.map((path) => ({ path, message: 'is not a field' }));
      expect(await post(body)).toMatchObject({ status: 400, body: { errors }, requests: [] });
    },
  );

  it.each(['wipe', 'retire', 'delete', 'SyncDevice', ''])(
    'answers 400 to the action %j, and starts nothing: there is none but the sync',
    async (action) => {
      const errors = [expect.objectContaining({ path: 'action' }) as unknown];
      expect(await post({ action })).toMatchObject({ status: 400, body: { errors }, requests: [] });
    },
  );

  it('names an unknown field of a scope by its whole path', async () => {
    const { body } = await post({ scope: { exclude: { platform: ['windows'] } } });
    expect(body).toMatchObject({
      errors: [{ path: 'scope.exclude.platform', message: 'is not a field' }],
    });
  });

  it('names a field that is wrong along with one that is unknown', async () => {
    const { body } = await post({ reason: 5, deviceIds: {} });
    expect(body).toMatchObject({ errors: [{ path: 'reason' }, { path: 'deviceIds' }] });
  });

  it('tells of a list of bad ids by its first fifty', async () => {
    const deviceIds = Array.from({ length: 10_000 }, () => 'x');
    const { body } = await post({ scope: { deviceIds } });
    const { errors } = body as { errors: { path: string }[] };
    expect(errors.map(({ path }) => path)).toEqual(
      Array.from({ length: 50 }, (_, place) => `scope.deviceIds.${place}`),
    );
  });

  it('answers 400 to what is not JSON, with an example of what is', async () => {
    expect(await post('{"reason": ')).toEqual({
      status: 400,
      headers: problemHeaders,
      body: {
        type: 'about:blank',
        title: 'The request is not valid',
        status: 400,
        detail: 'The body is not JSON.',
        errors: [{ path: '', message: 'must be a JSON object, for example {"reason": "drill"}' }],
      },
      requests: [],
    });
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', ''])(
    'answers 415 to the media type %j',
    async (type) => {
      expect(await post({}, { 'content-type': type })).toEqual({
        status: 415,
        headers: problemHeaders,
        body: {
          type: 'about:blank',
          title: 'The media type is not supported',
          status: 415,
          detail: 'Send the body as JSON, with Content-Type: application/json.',
        },
        requests: [],
      });
    },
  );

  it.each([
    ['has', JSON.stringify({ reason: 'x'.repeat(1024 * 1024) }), {}],
    ['is far', JSON.stringify({ reason: 'x'.repeat(40 * 1024 * 1024) }), {}],
    ['has, in bytes if not in letters,', `{"reason":"${'€'.repeat(360_000)}"}`, {}],
  ])('answers 413 to a body that %s over 1 MB', async (_, body, headers) => {
    expect(await post(body, headers)).toEqual({
      status: 413,
      headers: problemHeaders,
      body: {
        type: 'about:blank',
        title: 'The request is too large',
        status: 413,
        detail: 'The body may have 1048576 bytes at most.',
      },
      requests: [],
    });
  });
});

describe('what POST /runs passes on', () => {
  const everything = {
    action: 'syncDevice',
    scope: { platforms: ['windows'] },
    skip: { syncedWithinMinutes: 15, enrolledWithinHours: 2, staleDays: 30 },
    mode: 'bulk',
    priority: 'urgent',
    dryRun: true,
    maxDevices: 100,
    strict: true,
    ignorePartialFailures: false,
    timeoutMinutes: 90,
    onOverlap: 'coalesce',
  };

  it('is everything that was asked for, in the units of the app', async () => {
    const { onOverlap: _onOverlap, timeoutMinutes: _minutes, ...same } = everything;
    const { requests } = await post(everything);
    expect(requests).toEqual([{ ...started, ...same, timeoutMs: 90 * 60_000 }]);
  });

  it('is the mode of the setting when none was asked for', async () => {
    const { requests } = await postTo({ mode: 'bulk' }, {});
    expect(requests).toEqual([{ ...started, mode: 'bulk' }]);
  });

  it('is the mode for a plan that is run, only when it was asked for', async () => {
    const behaviour = { mode: 'bulk' } as const;
    const who = { requestedBy: 'functionKey', fromPlan: aRunId };
    expect((await postTo(behaviour, { fromPlan: aRunId })).requests).toEqual([who]);
    const asked = await postTo(behaviour, { fromPlan: aRunId, mode: 'perDevice' });
    expect(asked.requests).toEqual([{ ...who, mode: 'perDevice' }]);
  });

  it('is the action with its parameters, in the only mode that it has', async () => {
    const { requests } = await postTo({ mode: 'bulk' }, { endpoint: 'comanaged' });
    expect(requests).toEqual([{ ...started, parameters: { endpoint: 'comanaged' } }]);
  });

  it('is a choice for each device, which makes these devices its scope', async () => {
    const action = 'configurationManagerAction';
    const deviceActions = [
      { deviceId: aDeviceId(1), action: 'quickScan' },
      { deviceId: aDeviceId(2), action: 'fullScan' },
    ];
    const scope = { platforms: ['windows'] };
    const { requests } = await post({ action, deviceActions, scope });
    expect(requests).toEqual([
      {
        ...started,
        action,
        parameters: { [action]: { quickScan: [aDeviceId(1)], fullScan: [aDeviceId(2)] } },
        scope: { ...scope, deviceIds: [aDeviceId(1), aDeviceId(2)] },
      },
    ]);
  });

  it.each([
    { endpoint: 'comanaged' },
    { action: 'configurationManagerAction', configurationManagerAction: 'quickScan' },
  ])('is nothing of beta in a cloud that does not have it: %j', async (body) => {
    const answer = await postTo({ isBetaOffered: false }, body);
    expect(answer).toMatchObject({
      status: 400,
      body: {
        errors: [
          {
            path: 'action',
            message: expect.stringContaining('not offered in the cloud of GRAPH_CLOUD') as string,
          },
        ],
      },
      requests: [],
    });
  });

  it('is no bulk run in a cloud that does not have bulk calls', async () => {
    const answer = await postTo({ isBetaOffered: false }, { mode: 'bulk' });
    expect(answer).toMatchObject({
      status: 400,
      body: {
        errors: [
          {
            path: 'mode',
            message:
              'bulk is not offered in the cloud of GRAPH_CLOUD; leave it out, or use perDevice',
          },
        ],
      },
      requests: [],
    });
  });

  it.each([
    [undefined, undefined, undefined],
    [undefined, 500, 500],
    [100, undefined, 100],
    [100, 500, 100],
    [501, 500, 500],
  ])('is the lesser of the limits %s (asked for) and %s (set): %s', async (wanted, set, limit) => {
    const body = wanted === undefined ? {} : { maxDevices: wanted };
    const behaviour = set === undefined ? {} : { maxDevices: set };
    const { requests } = await postTo(behaviour, body);
    expect(requests).toEqual([limit === undefined ? started : { ...started, maxDevices: limit }]);
  });

  it('is a plan by its id alone, with who asks and why', async () => {
    const { status, requests } = await post({ fromPlan: aRunId, reason: 'as planned' });
    expect(status).toBe(202);
    expect(requests).toEqual([
      { fromPlan: aRunId, requestedBy: 'functionKey', reason: 'as planned' },
    ]);
  });

  it('is the Idempotency-Key, with a fingerprint that the order of the fields does not change', async () => {
    const key = { 'Idempotency-Key': 'key-1' };
    const bodies = ['{"reason":"a","dryRun":true}', '{"dryRun":true, "reason":" a "}'];
    const [first, second] = await Promise.all(bodies.map((body) => postTo({}, body, key)));
    expect(first?.options).toEqual([
      {
        idempotency: {
          key: 'key-1',
          fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
        },
      },
    ]);
    expect(second?.options).toEqual(first?.options);
    const other = await postTo({}, { reason: 'b', dryRun: true }, key);
    expect(other.options).not.toEqual(first?.options);
  });
});

describe('what POST /runs answers', () => {
  const problem = { status: 409, headers: problemHeaders };

  it('to a request that was made before is its run', async () => {
    expect(await postTo({ result: { kind: 'repeated', run } }, {})).toMatchObject({
      status: 202,
      headers: { location: `/api/runs/${run.id}` },
      body: runDocument(run, now),
    });
  });

  it('to an overlap is 409, with the open run and how to join it', async () => {
    const open = aRun({ id: aNewRunId() });
    expect(await postTo({ result: { kind: 'overlap', open } }, {})).toMatchObject({
      status: 409,
      headers: { ...problemHeaders, location: `/api/runs/${open.id}` },
      body: {
        title: 'Not possible in this state',
        detail:
          `Run ${open.id} of the same action and priority is open. Wait for it, cancel it, or ` +
          'send "onOverlap": "coalesce" to join it.',
      },
    });
  });

  it('to an overlap that may be joined is 200 and the open run', async () => {
    const open = aRun({ id: aNewRunId() });
    const joined = await postTo({ result: { kind: 'overlap', open } }, { onOverlap: 'coalesce' });
    expect(joined).toMatchObject({
      status: 200,
      headers: { ...jsonHeaders, location: `/api/runs/${open.id}` },
      body: runDocument(open, now),
    });
  });

  it.each([{}, { onOverlap: 'coalesce' }])(
    'to an overlap with a run that is being stopped is 409, also for %j',
    async (body) => {
      const stop = { status: 'cancelled', at: now } as const;
      const open = aRun({ id: aNewRunId(), stop });
      expect(await postTo({ result: { kind: 'overlap', open } }, body)).toMatchObject({
        status: 409,
        body: {
          detail:
            `Run ${open.id} of the same action and priority is being stopped. It ends within a ` +
            'minute; start again then.',
        },
      });
    },
  );

  it('to a key that was used for another request is 400', async () => {
    expect(await postTo({ result: { kind: 'keyReused' } }, {})).toMatchObject({
      status: 400,
      body: {
        errors: [{ path: 'Idempotency-Key', message: 'must be a new one for another request' }],
      },
    });
  });

  it('to too many starts is 429, and says when the next one may come', async () => {
    const tooMany = { kind: 'tooMany', retryAfterMs: 5_001 } as const;
    expect(await postTo({ result: tooMany }, {})).toMatchObject({
      status: 429,
      headers: { ...problemHeaders, 'retry-after': '6' },
      body: {
        title: 'Too many requests',
        detail: 'You started many runs lately; the next may be started in 6 s.',
      },
    });
  });

  it('to a plan that is unknown is 404', async () => {
    const unknown = await postTo({ result: { kind: 'unknownPlan' } }, { fromPlan: aRunId });
    expect(unknown).toMatchObject({
      status: 404,
      body: { detail: 'There is no run with this id.' },
    });
  });

  it('to a plan that cannot be run in bulk is 400', async () => {
    const answer = await postTo({ result: { kind: 'noBulk' } }, { fromPlan: aRunId, mode: 'bulk' });
    expect(answer).toMatchObject({
      status: 400,
      body: {
        errors: [
          { path: 'mode', message: 'bulk is not offered for what was planned; leave it out' },
        ],
      },
    });
  });

  it('to a plan that cannot be run is 409, and says why', async () => {
    const result = { kind: 'unusablePlan', why: 'it was used already' } as const;
    expect(await postTo({ result }, { fromPlan: aRunId })).toMatchObject({
      ...problem,
      body: { detail: 'The plan cannot be run: it was used already. Make a new dry run.' },
    });
  });
});

describe('a run that renudges', () => {
  it('is started as one, planned or not', async () => {
    const { requests } = await post({ renudge: true });
    expect(requests).toEqual([{ ...started, renudge: true }]);
    const planned = await post({ fromPlan: aRunId, renudge: true });
    expect(planned.requests).toMatchObject([{ fromPlan: aRunId, renudge: true }]);
  });

  it('is refused where check-ins are not verified: nobody would be known to be silent', async () => {
    const answer = await postTo({ isVerified: false }, { renudge: true });
    expect(answer).toMatchObject({
      status: 400,
      body: {
        errors: [
          {
            path: 'renudge',
            message: 'needs a verification: leave it out, or set VERIFY_AFTER',
          },
        ],
      },
      requests: [],
    });
    expect(await postTo({ isVerified: false }, { renudge: false })).toMatchObject({ status: 202 });
  });

  it('is refused for an action that makes no device check in', async () => {
    const body = { action: 'exchangeConnectorSync', syncType: 'fullSync', renudge: true };
    expect(await post(body)).toMatchObject({
      status: 400,
      body: {
        errors: [
          {
            path: 'renudge',
            message: 'needs an action that makes devices check in; leave it out',
          },
        ],
      },
      requests: [],
    });
  });
});
