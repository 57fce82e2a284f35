import { HttpRequest, HttpResponse } from '@azure/functions';
import { describe, expect, it } from 'vitest';
import type { DeviceReport } from '../../../src/core/device-report.ts';
import { getRunDevicesHandler } from '../../../src/functions/http/get-run-devices.ts';
import { type DeviceFilter, InvalidTokenError, type Page } from '../../../src/use-cases/ports.ts';
import { aDeviceId, aRun, aRunId } from '../../support/factories.ts';
import { InMemoryRunLedger } from '../../support/in-memory-run-ledger.ts';
import { anInvocation } from '../support/an-invocation.ts';
import { callHttp, jsonHeaders, problemHeaders } from '../support/call-http.ts';

const device: DeviceReport = {
  deviceId: aDeviceId(),
  deviceName: 'WS-000001',
  platform: 'windows',
  outcome: 'accepted',
  attempts: 1,
};

/** A handler over one run whose devices a ledger has. */
function aHandlerOver(ledger: InMemoryRunLedger) {
  const runs = { get: (id: string) => Promise.resolve(id === aRunId ? aRun() : undefined) };
  return getRunDevicesHandler({ runs: runs as never, ledger });
}

/** A handler over a run whose devices come page by page, and what it asks the ledger for. */
function aHandler(pages: readonly (Page<DeviceReport> | Error)[] = [{ value: [device] }]) {
  const asked: { runId: string; filter: DeviceFilter }[] = [];
  const ledger = new InMemoryRunLedger();
  ledger.listDevices = (runId, filter) => {
    const page = pages[asked.push({ runId, filter }) - 1] ?? { value: [] };
    return page instanceof Error ? Promise.reject(page) : Promise.resolve(page);
  };
  return { handler: aHandlerOver(ledger), asked };
}

/** Gets the devices of a run with a query. */
async function get(query: Record<string, string>, pages?: Parameters<typeof aHandler>[0]) {
  const { handler, asked } = aHandler(pages);
  const answer = await callHttp(handler, { params: { id: aRunId }, query });
  return { ...answer, asked };
}

describe('GET /runs/{id}/devices', () => {
  it('answers with a page of 500, and where the next one begins', async () => {
    const page = { value: [device], continuationToken: 'next' };
    expect(await get({}, [page])).toEqual({
      status: 200,
      headers: jsonHeaders,
      body: page,
      log: [],
      asked: [{ runId: aRunId, filter: { limit: 500 } }],
    });
  });

  it('asks for the outcomes, the size and the place that the query names', async () => {
    const query = { outcome: 'failed,unknown', limit: '5000', continuationToken: 'abc' };
    const { asked } = await get(query);
    const outcomes = ['failed', 'unknown'];
    expect(asked).toEqual([
      { runId: aRunId, filter: { outcomes, limit: 5_000, continuationToken: 'abc' } },
    ]);
  });

  it('takes no notice of the key in the query', async () => {
    expect((await get({ code: 'function-key' })).status).toBe(200);
  });

  it.each([
    [{ limit: '0' }, 'limit', 'must be a whole number from 1 to 5000, for example 500'],
    [{ limit: '5001' }, 'limit', 'must be a whole number from 1 to 5000, for example 500'],
    [{ limit: '1e3' }, 'limit', 'must be a whole number from 1 to 5000, for example 500'],
    [{ outcome: 'lost' }, 'outcome', /^must be one of planned, accepted/],
    [{ outcome: 'failed,' }, 'outcome', /^must be one of planned, accepted/],
    [{ format: 'xml' }, 'format', 'must be one of json, csv'],
    [{ outcomes: 'failed' }, 'outcomes', 'is not a parameter'],
    [{ continuationToken: '' }, 'continuationToken', 'must not be empty'],
  ])('answers 400 to %j and reads nothing', async (query, path, message) => {
    const { status, headers, body, asked } = await get(query);
    expect({ status, headers, asked }).toEqual({ status: 400, headers: problemHeaders, asked: [] });
    expect(body).toMatchObject({
      detail: 'The query has parameters that cannot be used.',
      errors: [{ path, message: expect.stringMatching(message) as unknown }],
    });
  });

  it('answers 400 to a token of another list', async () => {
    const { status, body, log } = await get({ continuationToken: 'x' }, [
      new InvalidTokenError('not of this list'),
    ]);
    expect({ status, log }).toEqual({ status: 400, log: [] });
    expect(body).toMatchObject({
      errors: [
        { path: 'continuationToken', message: 'must be that of the page before, unchanged' },
      ],
    });
  });

  it.each(['json', 'csv'])(
    'answers 404 to an unknown run and a malformed id: %s',
    async (format) => {
      for (const id of ['8232507999999-ffffffff', 'x']) {
        const { handler, asked } = aHandler();
        const { status, headers } = await callHttp(handler, { params: { id }, query: { format } });
        expect({ status, headers, asked }).toEqual({
          status: 404,
          headers: problemHeaders,
          asked: [],
        });
      }
    },
  );
});

describe('GET /runs/{id}/devices?format=csv', () => {
  const header =
    'deviceId,deviceName,platform,outcome,reason,code,message,attempts,sentBy,requestId,acceptedAt,' +
    'previousCheckInAt,checkedInAt,ownership\r\n';
  const line = `${aDeviceId()},WS-000001,windows,accepted,,,,1,,,,,,\r\n`;

  /** A handler over a run whose devices are read in one pass, what is asked for, and read so far. */
  function aStream(pages: number) {
    const asked: { runId: string; outcomes: readonly string[] | undefined }[] = [];
    let read = 0;
    const ledger = new InMemoryRunLedger();
    ledger.eachDevice = async function* (runId, outcomes) {
      asked.push({ runId, outcomes });
      for (; read < pages; read++) yield await Promise.resolve([device]);
    };
    return { handler: aHandlerOver(ledger), asked, pagesRead: () => read };
  }

  /** The response as the host gets it. */
  async function download(handler: ReturnType<typeof aHandlerOver>, query = {}) {
    const url = 'http://localhost/api/runs';
    const request = new HttpRequest({
      method: 'GET',
      url,
      params: { id: aRunId },
      query: { format: 'csv', ...query },
    });
    const result = await handler(request, anInvocation().context);
    return result instanceof HttpResponse ? result : new HttpResponse(result);
  }

  it('answers with a file that holds every page', async () => {
    const { handler, asked } = aStream(2);
    const response = await download(handler, { outcome: 'accepted' });
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="fleet-sync-${aRunId}.csv"`,
    });
    expect(await response.text()).toBe(header + line + line);
    expect(asked).toEqual([{ runId: aRunId, outcomes: ['accepted'] }]);
  });

  it('answers before the second page is read', async () => {
    const { handler, pagesRead } = aStream(1_000);
    const reader = (await download(handler)).body?.getReader();
    const first: { value?: unknown } | undefined = await reader?.read();
    expect(new TextDecoder().decode(first?.value as Uint8Array)).toBe(header);
    expect(pagesRead()).toBeLessThanOrEqual(2);
    await reader?.cancel();
  });
});
