import { describe, expect, it } from 'vitest';
import { runDocument } from '../../../src/functions/http/run-document.ts';
import { startRunHandler } from '../../../src/functions/http/start-run.ts';
import type { startRun } from '../../../src/use-cases/start-run.ts';
import { aRun, startOfTest as now } from '../../support/factories.ts';
import { aPost, callHttp, jsonHeaders, problemHeaders } from '../support/call-http.ts';

const run = aRun({ trigger: 'http', requestedBy: 'functionKey' });

/** Posts to a handler over a use case that takes note of what it is asked to start. */
async function post(...args: Parameters<typeof aPost>) {
  const requests: unknown[] = [];
  const start: ReturnType<typeof startRun> = (request) => {
    requests.push(request);
    return Promise.resolve(run);
  };
  const { log: _log, ...answer } = await callHttp(
    startRunHandler(start, () => now),
    aPost(...args),
  );
  return { ...answer, requests };
}

const started = { action: 'syncDevice', trigger: 'http', requestedBy: 'functionKey' };

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
    [{ reason: 5 }, 'reason', /expected string/],
    [{ reason: '' }, 'reason', />=1 char/],
    [{ reason: 'x'.repeat(501) }, 'reason', /<=500 char/],
    [[], '', /expected object/],
    ['null', '', /expected object/],
    ['"text"', '', /expected object/],
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

  it.each([['action'], ['deviceIds'], ['scope'], ['__proto__x'], ['action', 'scope', 'mode']])(
    'answers 400 to unknown fields, names each by its path and starts nothing: %s',
    async (...fields) => {
      const body = Object.fromEntries(fields.map((field) => [field, 'wipe']));
      const errors = fields.map((path) => ({ path, message: 'is not a field' }));
      expect(await post(body)).toMatchObject({ status: 400, body: { errors }, requests: [] });
    },
  );

  it('names a field that is wrong along with one that is unknown', async () => {
    const { body } = await post({ reason: 5, scope: {} });
    expect(body).toMatchObject({ errors: [{ path: 'reason' }, { path: 'scope' }] });
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
    ['says it has', '{}', { 'content-length': String(1024 * 1024 + 1) }],
    ['has', JSON.stringify({ reason: 'x'.repeat(1024 * 1024) }), {}],
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
