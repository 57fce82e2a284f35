import { describe, expect, it } from 'vitest';
import { listRunsHandler } from '../../../src/functions/http/list-runs.ts';
import { runDocument } from '../../../src/functions/http/run-document.ts';
import type { Run } from '../../../src/core/run.ts';
import { InvalidTokenError, type Page, type RunFilter } from '../../../src/use-cases/ports.ts';
import { aNewRunId, aRun, startOfTest as now } from '../../support/factories.ts';
import { callHttp, jsonHeaders, problemHeaders } from '../support/call-http.ts';

const runs = [aRun(), aRun({ id: aNewRunId(), status: 'failed' })];

/** Lists runs with a query from a store that gives `page`, and takes note of what it is asked for. */
async function list(query: Record<string, string>, page: Page<Run> | Error = { value: runs }) {
  const asked: RunFilter[] = [];
  const store = {
    list: (filter: RunFilter) => {
      asked.push(filter);
      return page instanceof Error ? Promise.reject(page) : Promise.resolve(page);
    },
  };
  const answer = await callHttp(
    listRunsHandler(store, () => now),
    { query },
  );
  return { ...answer, asked };
}

describe('GET /runs', () => {
  it('answers with a page of 20 runs', async () => {
    expect(await list({})).toEqual({
      status: 200,
      headers: jsonHeaders,
      body: { value: runs.map((run) => runDocument(run, now)) },
      log: [],
      asked: [{ limit: 20 }],
    });
  });

  it('says where the next page begins', async () => {
    const { body } = await list({}, { value: [], continuationToken: 'next' });
    expect(body).toEqual({ value: [], continuationToken: 'next' });
  });

  it('asks for what the query names, and takes no notice of the key in it', async () => {
    const query = { status: 'completedWithErrors', trigger: 'retry', continuationToken: 'abc' };
    const { asked } = await list({ ...query, limit: '100', code: 'function-key' });
    expect(asked).toEqual([{ ...query, limit: 100 }]);
  });

  it.each([
    [{ limit: '101' }, 'limit', 'must be a whole number from 1 to 100, for example 20'],
    [{ limit: '-1' }, 'limit', 'must be a whole number from 1 to 100, for example 20'],
    [{ limit: '2.5' }, 'limit', 'must be a whole number from 1 to 100, for example 20'],
    [{ limit: '' }, 'limit', 'must be a whole number from 1 to 100, for example 20'],
    [{ status: 'open' }, 'status', /^must be one of planning, running, planned/],
    [{ trigger: 'me' }, 'trigger', 'must be one of schedule, http, alert, retry'],
    [{ state: 'failed' }, 'state', 'is not a parameter'],
    [
      { continuationToken: 'x'.repeat(2_001) },
      'continuationToken',
      'must have at most 2000 characters',
    ],
  ])('answers 400 to %j and reads nothing', async (query, path, message) => {
    const { status, headers, body, asked } = await list(query);
    expect({ status, headers, asked }).toEqual({ status: 400, headers: problemHeaders, asked: [] });
    expect(body).toMatchObject({
      errors: [{ path, message: expect.stringMatching(message) as unknown }],
    });
  });

  it('names every parameter that is wrong', async () => {
    const { body } = await list({ limit: '0', status: 'x', a: '1', b: '2' });
    const { errors } = body as { errors: { path: string }[] };
    expect(errors.map(({ path }) => path).toSorted()).toEqual(['a', 'b', 'limit', 'status']);
  });

  it('answers 400 to a token of another list', async () => {
    const { status, body, log } = await list({}, new InvalidTokenError('not of this list'));
    expect({ status, log }).toEqual({ status: 400, log: [] });
    expect(body).toMatchObject({ errors: [{ path: 'continuationToken' }] });
  });

  it('answers 500 to any other failure, and logs it', async () => {
    const { status, log } = await list({}, new Error('a fault'));
    expect({ status, log }).toEqual({ status: 500, log: ['error: The request failed: a fault'] });
  });
});
