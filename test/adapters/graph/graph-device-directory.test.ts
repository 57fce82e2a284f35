import { afterEach, describe, expect, it, vi } from 'vitest';
import { GraphDeviceDirectory } from '../../../src/adapters/graph/graph-device-directory.ts';
import type { ListedDevice } from '../../../src/core/device.ts';
import { listingFailed, missingPermission, unauthorized } from '../../../src/core/problems.ts';
import { LIST_DEVICES_ROLE } from '../../../src/core/roles.ts';
import { ListingError } from '../../../src/use-cases/ports.ts';
import { collect } from '../../support/collect.ts';
import { aDevice, aDeviceId, startOfTest } from '../../support/factories.ts';
import { type TestGraph, type Turn, aGraph } from './support/a-graph.ts';
import { aTenant } from './support/a-tenant.ts';
import { aPage, lastPage, nextPath } from './support/pages.ts';

const [first, second, third] = [1, 2, 3].map((n) =>
  aDevice({ id: aDeviceId(n), name: `WS-${n}` }),
) as [ListedDevice, ListedDevice, ListedDevice];

const policy = { maxRetries: 2, initialDelayMs: 5_000, maxDelayMs: 300_000 };

/** What a listing came to: its pages, empty ones as well, or why it failed, after which pages. */
async function list(graph: TestGraph): Promise<{ pages: unknown[]; error?: unknown }> {
  const directory = new GraphDeviceDirectory({ ...graph, random: () => 1, policy });
  const pages: unknown[] = [];
  try {
    for await (const page of directory.listDevices()) pages.push(page);
    return { pages };
  } catch (error) {
    return { pages, error };
  }
}

/** The empty page before each wait for another attempt: the sign that the listing is alive. */
const alive: readonly unknown[] = [];

/** A problem as a `ListingError` carries it. */
const failure = (problem: object, retryAfterMs?: number) => ({
  error: expect.objectContaining({ name: 'ListingError', problem, retryAfterMs }) as unknown,
});

/** The failure that asks the caller to list again after a wait. */
const longWait = (ms: number) => failure(listingFailed('Graph asked for a long wait.'), ms);

afterEach(() => vi.useRealTimers());

describe('a listing of check-ins', () => {
  const page = (device: object): Turn => ({ body: { value: [device] } });
  const listCheckIns = (graph: TestGraph) =>
    collect(new GraphDeviceDirectory({ ...graph, random: () => 1, policy }).listCheckIns());

  it('asks for nothing but the check-in and whose the device is', async () => {
    const device = { id: aDeviceId(1).toUpperCase(), managedDeviceOwnerType: 'personal' };
    const graph = await aGraph(page({ ...device, lastSyncDateTime: '2026-01-04T02:00:00Z' }));
    expect(await listCheckIns(graph)).toEqual([
      [{ id: aDeviceId(1), lastSyncAt: startOfTest, ownership: 'personal' }],
    ]);
    expect(graph.requests.map(({ url }) => url)).toEqual([
      '/v1.0/deviceManagement/managedDevices?' +
        '$select=id,lastSyncDateTime,managedDeviceOwnerType&$top=1000',
    ]);
  });

  it.each([undefined, null, '0001-01-01T00:00:00Z', 'never', 5])(
    'takes %j for a device that never checked in',
    async (lastSyncDateTime) => {
      const graph = await aGraph(page({ id: aDeviceId(1), lastSyncDateTime }));
      expect(await listCheckIns(graph)).toEqual([
        [{ id: aDeviceId(1), lastSyncAt: undefined, ownership: '' }],
      ]);
    },
  );

  it('fails without the permission, which is named', async () => {
    const graph = await aGraph({ status: 403, body: { error: { code: 'Forbidden' } } });
    await expect(listCheckIns(graph)).rejects.toMatchObject({
      problem: missingPermission([LIST_DEVICES_ROLE]),
    });
  });
});

describe('a listing', () => {
  it('asks for the least it needs, a thousand devices at a time, of v1.0', async () => {
    const graph = await aGraph(lastPage(first));
    expect(await list(graph)).toEqual({ pages: [[first]] });
    expect(graph.requests).toMatchObject([
      {
        method: 'GET',
        url:
          '/v1.0/deviceManagement/managedDevices?$select=id,deviceName,operatingSystem,osVersion,' +
          'managedDeviceOwnerType,complianceState,managementAgent,managementState,' +
          'deviceRegistrationState,serialNumber,userPrincipalName,userId,azureADDeviceId,' +
          'manufacturer,model,deviceCategoryDisplayName,lastSyncDateTime,enrolledDateTime&$top=1000',
        headers: { authorization: 'Bearer token-0' },
      },
    ]);
  });

  it('follows every link as it was given, and stops at no empty page', async () => {
    const graph = await aGraph(aPage([first]), aPage([]), lastPage(second, third));
    expect(await list(graph)).toEqual({ pages: [[first], [], [second, third]] });
    expect(graph.requests.slice(1).map(({ url }) => url)).toEqual([nextPath, nextPath]);
  });

  it('of an empty fleet is one empty page', async () => {
    expect(await list(await aGraph(lastPage()))).toEqual({ pages: [[]] });
  });

  it('drops nothing, not even a device that comes twice', async () => {
    const graph = await aGraph(aPage([first, second]), lastPage(second));
    expect(await list(graph)).toEqual({ pages: [[first, second], [second]] });
  });

  it('fetches no page before it is asked for', async () => {
    const graph = await aGraph(aPage([first]), lastPage(second));
    const directory = new GraphDeviceDirectory({ ...graph, random: () => 1, policy });
    for await (const page of directory.listDevices()) {
      expect(page).toEqual([first]);
      break;
    }
    expect(graph.requests.length).toBe(1);
  });

  it('gives every request an id of its own, for Microsoft’s support', async () => {
    const graph = await aGraph({ status: 503 }, aPage([first]), lastPage(second));
    await list(graph);
    const ids = graph.requests.map(({ headers }) => headers['client-request-id']);
    expect(new Set(ids).size).toBe(3);
  });
});

describe('a page that fails', () => {
  it.each<[string, Turn]>([
    ['500', { status: 500 }],
    ['502 with a page of HTML', { status: 502, body: '<html></html>' }],
    ['503', { status: 503 }],
    ['504', { status: 504, body: { error: { code: 'UnknownError', message: '' } } }],
    ['408', { status: 408 }],
    ['a cut connection', 'reset'],
    ['half a JSON', { body: '{"value": [{"id": "0000' }],
    ['HTML with status 200', { body: '<html></html>' }],
    ['an empty answer', { status: 204 }],
    ['JSON that is no page', { body: { devices: [] } }],
    ['a device without an id', { body: { value: [{ deviceName: 'WS-1' }] } }],
  ])('with %s is tried again after backoff', async (_, failing) => {
    const graph = await aGraph(aPage([first]), failing, failing, lastPage(second));
    expect(await list(graph)).toEqual({ pages: [[first], alive, alive, [second]] });
    expect(graph.sleeps).toEqual([5_000, 10_000]);
    expect(graph.requests.slice(1).map(({ url }) => url)).toEqual([nextPath, nextPath, nextPath]);
  });

  it.each([
    ['7', 7_000],
    ['2.128', 2_128],
    ['30', 30_000],
    ['0', 0],
    ['-1', 5_000],
    ['soon', 5_000],
    [new Date(startOfTest + 30_000).toUTCString(), 30_000],
  ])('and asks for a wait of %j is tried again after %i ms', async (header, waitMs) => {
    vi.useFakeTimers({ toFake: ['Date'], now: startOfTest });
    const busy = { status: 503, headers: { 'Retry-After': header } };
    const graph = await aGraph(busy, lastPage(first));
    expect(await list(graph)).toEqual({ pages: [alive, [first]] });
    expect(graph.sleeps).toEqual([waitMs]);
  });

  it('is reported before each wait: whoever lists shows a sign of life, then waits', async () => {
    const graph = await aGraph({ status: 503 }, { status: 429 }, lastPage(first));
    const directory = new GraphDeviceDirectory({ ...graph, random: () => 1, policy });
    const sleepsAtPage: number[] = [];
    for await (const _page of directory.listDevices()) sleepsAtPage.push(graph.sleeps.length);
    expect(sleepsAtPage).toEqual([0, 1, 2]);
  });

  it('and asks for more than 30 s is not sat out: the caller is told how long', async () => {
    const graph = await aGraph({ status: 503, headers: { 'Retry-After': '30.1' } });
    expect(await list(graph)).toMatchObject({ pages: [], ...longWait(30_100) });
    expect(graph.sleeps).toEqual([]);
  });

  it('again and again fails the listing loudly, after the pages before it', async () => {
    const graph = await aGraph(aPage([first]), { status: 504 });
    expect(await list(graph)).toMatchObject({
      pages: [[first], alive, alive],
      ...failure(listingFailed('A page of the list still failed after its retries: status 504.')),
    });
    expect(graph.requests.length).toBe(1 + 1 + policy.maxRetries);
  });

  it('without an answer says so', async () => {
    const why = 'A page of the list still failed after its retries: no answer (unreadableAnswer).';
    expect(await list(await aGraph({ body: '{' }))).toMatchObject(failure(listingFailed(why)));
  });

  it.each([400, 404, 410])('with %i is not tried again: the request is wrong', async (status) => {
    const graph = await aGraph({ status });
    const why = `A page of the list still failed after its retries: status ${status}.`;
    expect(await list(graph)).toMatchObject(failure(listingFailed(why)));
    expect(graph.requests.length).toBe(1);
  });

  it('has its retries to itself: those of the page before do not count', async () => {
    const busy = { status: 503 };
    const graph = await aGraph(busy, busy, aPage([first]), busy, busy, lastPage(second));
    expect(await list(graph)).toEqual({
      pages: [alive, alive, [first], alive, alive, [second]],
    });
  });
});

describe('throttling', () => {
  const throttled = (wait: string) => ({ status: 429, headers: { 'Retry-After': wait } });
  const times = <T>(count: number, value: T) => Array.from({ length: count }, () => value);

  it('uses up no retries, and waits as long as it is told to', async () => {
    const graph = await aGraph(...times(9, throttled('3')), lastPage(first));
    expect(await list(graph)).toEqual({ pages: [...times(9, alive), [first]] });
    expect(graph.sleeps).toEqual(times(9, 3_000));
  });

  it.each(['0', '0.2', '1'])('with a wait of %j is waited for a second', async (wait) => {
    const graph = await aGraph(throttled(wait), lastPage(first));
    expect(await list(graph)).toEqual({ pages: [alive, [first]] });
    expect(graph.sleeps).toEqual([1_000]);
  });

  it('without a wait is followed by backoff, since Intune often names none', async () => {
    const graph = await aGraph({ status: 429 }, { status: 429 }, lastPage(first));
    expect(await list(graph)).toEqual({ pages: [alive, alive, [first]] });
    expect(graph.sleeps).toEqual([5_000, 10_000]);
  });

  it('for 30 s is sat out', async () => {
    const graph = await aGraph(throttled('30'), lastPage(first));
    expect(await list(graph)).toEqual({ pages: [alive, [first]] });
    expect(graph.sleeps).toEqual([30_000]);
  });

  it('for longer than 30 s is not sat out: the caller is told how long', async () => {
    const graph = await aGraph(throttled('31'));
    expect(await list(graph)).toMatchObject({ pages: [], ...longWait(31_000) });
    expect(graph.sleeps).toEqual([]);
  });

  it('for 5 min in all is sat out', async () => {
    const graph = await aGraph(...times(10, throttled('30')), lastPage(first));
    expect(await list(graph)).toEqual({ pages: [...times(10, alive), [first]] });
    expect(graph.sleeps).toEqual(times(10, 30_000));
  });

  it('for more than 5 min in all is not: the caller is told how long the next wait is', async () => {
    const graph = await aGraph(...times(10, throttled('30')), throttled('2'), lastPage(first));
    expect(await list(graph)).toMatchObject({ pages: times(10, alive), ...longWait(2_000) });
    expect(graph.sleeps).toEqual(times(10, 30_000));
  });
});

describe('a refusal', () => {
  it('of the token is answered with a new one', async () => {
    const graph = await aGraph({ status: 401 }, lastPage(first));
    expect(await list(graph)).toEqual({ pages: [alive, [first]] });
    expect(graph.requests.map(({ headers }) => headers['authorization'])).toEqual([
      'Bearer token-0',
      'Bearer token-1',
    ]);
    expect(graph.sleeps).toEqual([]);
  });

  it('of the new token as well ends the listing', async () => {
    const graph = await aGraph({ status: 401 });
    expect(await list(graph)).toMatchObject(failure(unauthorized()));
    expect(graph.requests.length).toBe(2);
  });

  it('for a missing permission ends it at once, and names the permission', async () => {
    const graph = await aGraph({ status: 403, body: { error: { code: 'Forbidden' } } });
    expect(await list(graph)).toMatchObject(failure(missingPermission([LIST_DEVICES_ROLE])));
    expect(graph.requests.length).toBe(1);
  });
});

describe('a link to the next page', () => {
  it.each([
    ['another host', 'https://graph.example/v1.0/deviceManagement/managedDevices'],
    ['another port', 'https://127.0.0.1:1/v1.0/deviceManagement/managedDevices'],
    ['plain http', 'http://127.0.0.1/v1.0/deviceManagement/managedDevices'],
    ['another host behind a user name', 'https://127.0.0.1@graph.example/v1.0'],
    ['another scheme', 'file:///etc/hosts'],
    ['no address', 'managedDevices?page=2'],
    ['nothing', ''],
  ])('to %s is not followed', async (_, link) => {
    const graph = await aGraph(aPage([first], link), lastPage(second));
    const why = 'The link to the next page leads to another server and was not followed.';
    expect(await list(graph)).toMatchObject({ pages: [[first]], ...failure(listingFailed(why)) });
    expect(graph.requests.length).toBe(1);
  });

  it('is an error that can be told from any other', async () => {
    const graph = await aGraph(aPage([], 'https://graph.example'));
    const directory = new GraphDeviceDirectory({ ...graph, random: () => 1, policy });
    await expect(collect(directory.listDevices())).rejects.toThrow(ListingError);
  });
});

describe('the number of enrolled devices', () => {
  const count = (graph: TestGraph, signOfLife = () => Promise.resolve()) =>
    new GraphDeviceDirectory({ ...graph, random: () => 1, policy }).countEnrolled(signOfLife);
  const overview = { body: { enrolledDeviceCount: 1_234, mdmEnrolledCount: 9 } };

  it('is what the overview says', async () => {
    const graph = await aGraph(overview);
    expect(await count(graph)).toBe(1_234);
    expect(graph.requests).toMatchObject([
      { method: 'GET', url: '/v1.0/deviceManagement/managedDeviceOverview' },
    ]);
  });

  it('is asked for again after a failure', async () => {
    const graph = await aGraph({ status: 503 }, { status: 429 }, overview);
    expect(await count(graph)).toBe(1_234);
    expect(graph.sleeps).toEqual([5_000, 10_000]);
  });

  it('gives a sign of life before each wait', async () => {
    const graph = await aGraph({ status: 503 }, { status: 429 }, overview);
    const sleepsBefore: number[] = [];
    await count(graph, () => Promise.resolve(void sleepsBefore.push(graph.sleeps.length)));
    expect(sleepsBefore).toEqual([0, 1]);
  });

  it.each<[string, Turn]>([
    ['fails', { status: 503 }],
    ['is refused', { status: 403 }],
    ['does not exist', { status: 404 }],
    ['asks for a long wait', { status: 429, headers: { 'Retry-After': '600' } }],
    ['has no such number', { body: { enrolledDeviceCount: 'many' } }],
  ])('is unknown when the overview %s: the list stands for itself', async (_, turn) => {
    expect(await count(await aGraph(turn))).toBeUndefined();
  });

  it('of a simulated fleet is that of its devices', async () => {
    const { directory } = await aTenant({ fleet: { devices: 77 } });
    expect(await directory.countEnrolled(() => Promise.resolve())).toBe(77);
  });
});
