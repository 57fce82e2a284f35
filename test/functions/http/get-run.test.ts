import { describe, expect, it } from 'vitest';
import { getRunHandler } from '../../../src/functions/http/get-run.ts';
import { runDocument } from '../../../src/functions/http/run-document.ts';
import { aRun, startOfTest as now } from '../../support/factories.ts';
import { callHttp, jsonHeaders, problemHeaders } from '../support/call-http.ts';

const run = aRun();

/** Gets a run from a store that has one, and takes note of what it is asked for. */
async function get(params: Record<string, string>) {
  const asked: string[] = [];
  const store = {
    get: (id: string) => {
      asked.push(id);
      return Promise.resolve(id === run.id ? run : undefined);
    },
  };
  const { log: _log, ...answer } = await callHttp(
    getRunHandler(store, () => now),
    { params },
  );
  return { ...answer, asked };
}

const notFound = {
  status: 404,
  headers: problemHeaders,
  body: {
    type: 'about:blank',
    title: 'Not found',
    status: 404,
    detail: 'There is no run with this id.',
  },
};

describe('GET /runs/{id}', () => {
  it('answers with the run', async () => {
    expect(await get({ id: run.id })).toEqual({
      status: 200,
      headers: jsonHeaders,
      body: runDocument(run, now),
      asked: [run.id],
    });
  });

  it('answers 404 to an unknown id', async () => {
    const id = '8232507999999-ffffffff';
    expect(await get({ id })).toEqual({ ...notFound, asked: [id] });
  });

  it.each([{}, { id: '' }, { id: 'x' }, { id: '../health' }, { id: `${run.id}'` }])(
    'answers 404 to %j without looking it up',
    async (params) => {
      expect(await get(params)).toEqual({ ...notFound, asked: [] });
    },
  );
});
