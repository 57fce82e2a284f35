import { describe, expect, it } from 'vitest';
import { cancelRunHandler } from '../../../src/functions/http/cancel-run.ts';
import { runDocument } from '../../../src/functions/http/run-document.ts';
import type { CancelResult } from '../../../src/use-cases/cancel-run.ts';
import { aRun, aRunId, startOfTest as now } from '../../support/factories.ts';
import { callHttp, jsonHeaders, problemHeaders } from '../support/call-http.ts';

/** Cancels a run over a use case that comes to `result`, and takes note of what it is asked for. */
async function cancel(result: CancelResult, id = aRunId) {
  const asked: string[] = [];
  const useCase = (runId: string) => {
    asked.push(runId);
    return Promise.resolve(result);
  };
  const { log: _log, ...answer } = await callHttp(
    cancelRunHandler(useCase, () => now),
    { method: 'POST', params: { id } },
  );
  return { ...answer, asked };
}

describe('POST /runs/{id}/cancel', () => {
  it('answers 202 with the run, which is told to stop', async () => {
    const run = aRun({ status: 'running', stop: { status: 'cancelled', at: now } });
    expect(await cancel({ kind: 'cancelled', run })).toEqual({
      status: 202,
      headers: jsonHeaders,
      body: runDocument(run, now),
      asked: [aRunId],
    });
  });

  it('answers 409 when the run is over, and says how it ended', async () => {
    const run = aRun({ status: 'completed' });
    expect(await cancel({ kind: 'final', run })).toEqual({
      status: 409,
      headers: problemHeaders,
      body: {
        type: 'about:blank',
        title: 'Not possible in this state',
        status: 409,
        detail: 'The run is over already: completed.',
      },
      asked: [aRunId],
    });
  });

  it('answers 404 to an unknown id, and to a malformed one without looking it up', async () => {
    const detail = 'There is no run with this id.';
    const unknown = { kind: 'unknown' } as const;
    expect(await cancel(unknown)).toMatchObject({ status: 404, body: { detail }, asked: [aRunId] });
    expect(await cancel(unknown, 'x')).toMatchObject({ status: 404, body: { detail }, asked: [] });
  });
});
