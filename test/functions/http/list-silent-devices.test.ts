import { HttpRequest, HttpResponse } from '@azure/functions';
import { describe, expect, it } from 'vitest';
import type { SilentDevice } from '../../../src/core/silence.ts';
import { listSilentDevicesHandler } from '../../../src/functions/http/list-silent-devices.ts';
import { aDeviceId, aRunId } from '../../support/factories.ts';
import { anInvocation } from '../support/an-invocation.ts';
import { callHttp } from '../support/call-http.ts';

const device = (number: number): SilentDevice => ({
  deviceId: aDeviceId(number),
  deviceName: `WS-${number}`,
  platform: 'windows',
  ownership: 'company',
  lastCheckInAt: '2026-01-03T02:00:00.000Z',
  runId: aRunId,
});
const devices = [1, 2, 3].map(device);

/** Asks with a query; what was answered, and for how many runs the use case was called. */
async function get(query: Record<string, string> = {}) {
  const asked: number[] = [];
  const handler = listSilentDevicesHandler((runs) => {
    asked.push(runs);
    return Promise.resolve(devices);
  });
  const { status, body } = await callHttp(handler, { query });
  return { status, body, asked };
}

describe('GET /devices/silent', () => {
  it('lists who was silent in the last three runs', async () => {
    expect(await get()).toMatchObject({ status: 200, body: { value: devices }, asked: [3] });
  });

  it('looks at as many runs as it is told', async () => {
    expect((await get({ runs: '10' })).asked).toEqual([10]);
  });

  it('goes on after the last device of a page, to the end', async () => {
    const first = await get({ limit: '2' });
    const second = await get({ limit: '2', continuationToken: aDeviceId(2) });

    expect(first.body).toEqual({
      value: devices.slice(0, 2),
      continuationToken: aDeviceId(2),
    });
    expect(second.body).toEqual({ value: devices.slice(2) });
  });

  it('is a file when it is asked for as CSV', async () => {
    const handler = listSilentDevicesHandler(() => Promise.resolve(devices));
    const url = 'http://localhost/api/devices/silent?format=csv';
    const result = await handler(
      new HttpRequest({ method: 'GET', url, query: { format: 'csv' } }),
      anInvocation().context,
    );
    const response = result instanceof HttpResponse ? result : new HttpResponse(result);

    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="fleet-sync-silent.csv"',
    });
    expect((await response.text()).split('\r\n').slice(0, 2)).toEqual([
      'deviceId,deviceName,platform,ownership,lastCheckInAt,runId',
      `${aDeviceId(1)},WS-1,windows,company,2026-01-03T02:00:00.000Z,${aRunId}`,
    ]);
  });

  it.each([
    ['runs', '0', 'must be a whole number from 1 to 10, for example 3'],
    ['runs', '11', 'must be a whole number from 1 to 10, for example 3'],
    ['runs', 'three', 'must be a whole number from 1 to 10, for example 3'],
    ['continuationToken', 'abc', 'must be that of the page before, unchanged'],
  ])('refuses %s=%s, and reads nothing', async (name, value, message) => {
    expect(await get({ [name]: value })).toMatchObject({
      status: 400,
      body: { errors: [{ path: name, message }] },
      asked: [],
    });
  });
});
