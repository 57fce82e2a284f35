import { describe, expect, it } from 'vitest';
import { retryRunHandler } from '../../../src/functions/http/retry-run.ts';
import { runDocument } from '../../../src/functions/http/run-document.ts';
import type { RetryResult, retryRun } from '../../../src/use-cases/retry-run.ts';
import { aNewRunId, aRun, aRunId, startOfTest as now } from '../../support/factories.ts';
import { aPost, callHttp, jsonHeaders, problemHeaders } from '../support/call-http.ts';

const retry = aRun({
  id: aNewRunId(),
  trigger: 'retry',
  source: { kind: 'retry', runId: aRunId, outcomes: ['failed'] },
});

/** Retries a run over a use case that comes to `result`, and takes note of what it is asked for. */
async function post(
  body: unknown,
  behaviour: { result?: RetryResult; id?: string; headers?: Record<string, string> } = {},
) {
  const { result = { kind: 'started', run: retry }, id = aRunId, headers = {} } = behaviour;
  const asked: unknown[] = [];
  const useCase: ReturnType<typeof retryRun> = (runId, request, _log, options) => {
    asked.push([runId, request, options]);
    return Promise.resolve(result);
  };
  const handler = retryRunHandler(useCase, () => now);
  const { log: _log, ...answer } = await callHttp(handler, {
    ...aPost(body, headers),
    url: `http://localhost/api/runs/${id}/retry`,
    params: { id },
  });
  return { ...answer, asked };
}

const who = { requestedBy: 'functionKey' };

describe('POST /runs/{id}/retry', () => {
  it('answers 202 with the new run, and takes what did not succeed', async () => {
    expect(await post('')).toEqual({
      status: 202,
      headers: { ...jsonHeaders, location: `/api/runs/${retry.id}`, 'retry-after': '10' },
      body: runDocument(retry, now),
      asked: [[aRunId, { outcomes: ['failed', 'cancelled', 'unknown', 'silent'], ...who }, {}]],
    });
  });

  it('is linked to the run it tries again', async () => {
    const { body } = await post({});
    expect(body).toMatchObject({ trigger: 'retry', links: { retryOf: `/api/runs/${aRunId}` } });
  });

  it('takes the outcomes that the body names, and the reason', async () => {
    const { asked } = await post({ outcomes: ['notFound'], reason: ' again ' });
    expect(asked).toEqual([[aRunId, { outcomes: ['notFound'], reason: 'again', ...who }, {}]]);
  });

  it.each([
    [{ outcomes: [] }, 'outcomes', /^must name an outcome, for example/],
    [{ outcomes: ['accepted'] }, 'outcomes.0', /^must be one of failed, cancelled/],
    [{ outcomes: 'failed' }, 'outcomes', 'must be a list'],
    [{ scope: {} }, 'scope', /^is not a field$/],
    [{ reason: '' }, 'reason', /^must not be empty/],
  ])('answers 400 to %j and starts nothing', async (body, path, message) => {
    const answer = await post(body);
    expect(answer).toMatchObject({ status: 400, headers: problemHeaders, asked: [] });
    expect(answer.body).toMatchObject({
      errors: [{ path, message: expect.stringMatching(message) as unknown }],
    });
  });

  it.each<[RetryResult, number, RegExp]>([
    [{ kind: 'unknown' }, 404, /^There is no run with this id\.$/],
    [{ kind: 'notEnded' }, 409, /^The run is open still, or a dry run\./],
    [{ kind: 'nothing' }, 409, /^No device of the run has one of these outcomes\.$/],
    [{ kind: 'overlap', open: aRun() }, 409, /^Run \S+ of the same action and priority is open\./],
    [{ kind: 'tooMany', retryAfterMs: 5_001 }, 429, /may be started in 6 s\.$/],
    [{ kind: 'keyReused' }, 400, /^The Idempotency-Key was used for another request\.$/],
  ])('answers a retry that comes to %j with %i', async (result, status, detail) => {
    const answer = await post({}, { result });
    expect(answer).toMatchObject({ status, body: { status } });
    expect(answer.body).toMatchObject({ detail: expect.stringMatching(detail) as unknown });
  });

  it('answers a repeated request with the run that it started', async () => {
    const repeated = await post({}, { result: { kind: 'repeated', run: retry } });
    expect(repeated).toMatchObject({ status: 202, body: { id: retry.id } });
  });

  it('answers 404 to a malformed id without looking it up', async () => {
    expect(await post({}, { id: 'x' })).toMatchObject({ status: 404, asked: [] });
  });

  it('is another request for another run, under the same key', async () => {
    const headers = { 'Idempotency-Key': 'key-1' };
    const other = aNewRunId();
    const options = ({ asked }: { asked: unknown[] }) => (asked[0] as unknown[])[2];
    const first = options(await post({}, { headers }));
    expect(options(await post({}, { headers }))).toEqual(first);
    expect(options(await post({}, { headers, id: other }))).not.toEqual(first);
  });
});
