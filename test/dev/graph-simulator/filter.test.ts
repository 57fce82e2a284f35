import { describe, expect, it } from 'vitest';
import { aGraph, type TestGraph } from './support/a-graph.ts';
import { startOfTime } from './support/a-clock.ts';
import { devicesPath, errorOf, listDevices, type Device } from './support/graph-calls.ts';

const dayAgo = new Date(startOfTime - 24 * 60 * 60 * 1000).toISOString();
const hasSyncedLater = ({ lastSyncDateTime }: Device) =>
  Date.parse(String(lastSyncDateTime)) > Date.parse(dayAgo);

describe('$filter', () => {
  it.each<[string, (device: Device) => boolean]>([
    ["operatingSystem eq 'Windows'", (d) => d['operatingSystem'] === 'Windows'],
    ["operatingSystem eq 'windows'", (d) => d['operatingSystem'] === 'Windows'],
    [
      "operatingSystem eq 'iOS' or operatingSystem eq 'iPadOS'",
      (d) => d['operatingSystem'] === 'iOS' || d['operatingSystem'] === 'iPadOS',
    ],
    [
      "(operatingSystem eq 'iOS' or operatingSystem eq 'macOS') and complianceState eq 'compliant'",
      (d) =>
        ['iOS', 'macOS'].includes(String(d['operatingSystem'])) &&
        d['complianceState'] === 'compliant',
    ],
    [`lastSyncDateTime gt ${dayAgo}`, hasSyncedLater],
    [`lastSyncDateTime lt ${dayAgo}`, (d) => !hasSyncedLater(d)],
    ["contains(deviceName,'ws-0001')", (d) => String(d['deviceName']).startsWith('WS-0001')],
    ["contains(osVersion, '10.0.2')", (d) => String(d['osVersion']).includes('10.0.2')],
    [
      "userPrincipalName ne 'user000001@example.com'",
      (d) => d['userPrincipalName'] !== 'user000001@example.com',
    ],
    ["model eq 'MacBook Air'", (d) => d['model'] === 'MacBook Air'],
  ])('%s', async (filter, matches) => {
    const graph = await aGraph({ fleet: { devices: 400 } });
    const all = await listDevices(graph);
    const expected = all.filter(matches);
    expect(expected.length).toBeGreaterThan(0);
    expect(expected.length).toBeLessThan(all.length);
    expect(await listDevices(graph, `$filter=${encodeURIComponent(filter)}`)).toEqual(expected);
  });

  it('finds a device by its azureADDeviceId', async () => {
    const graph = await aGraph({ fleet: { devices: 100 } });
    const device = (await listDevices(graph))[70];
    const filter = `azureADDeviceId eq '${String(device?.['azureADDeviceId'])}'`;
    expect(await listDevices(graph, `$filter=${encodeURIComponent(filter)}`)).toEqual([device]);
  });

  it('goes on across pages', async () => {
    const graph = await aGraph({ fleet: { devices: 200 } });
    const filter = "$filter=operatingSystem eq 'Windows'";
    const inOne = await listDevices(graph, filter);
    expect(await listDevices(graph, `$top=7&${filter}`)).toEqual(inOne);
  });

  it.each(['', "serialNumber eq ''"])('returns all devices for %j, as observed', async (filter) => {
    const graph = await aGraph({ fleet: { devices: 40 } });
    expect(await listDevices(graph, `$filter=${filter}`)).toHaveLength(40);
  });

  it.each([
    ["managedDeviceOwnerType eq 'company'", "'managedDeviceOwnerType' does not support $filter"],
    ["shoeSize eq '44'", "Could not find a property named 'shoeSize'"],
    [`lastSyncDateTime ge ${dayAgo}`, "'ge' is not supported in a $filter on 'lastSyncDateTime'"],
    ["contains(operatingSystem,'Win')", "'contains' is not supported"],
    ["deviceName eq 'a' or deviceName eq 'b'", "'or' is supported only between several values"],
    ["operatingSystem eq 'iOS' or complianceState eq 'error'", "'or' is supported only between"],
    [`lastSyncDateTime gt '${dayAgo}'`, 'needs an unquoted date'],
    [`deviceName eq ${dayAgo}`, 'needs a quoted text'],
    ['deviceName eq 5', 'needs a quoted text'],
    ["operatingSystem eq 'iOS", 'Syntax error at position'],
    ["operatingSystem eq 'iOS' and", 'a property expected'],
    ["(operatingSystem eq 'iOS'", "')' expected"],
    ["operatingSystem eq 'iOS' operatingSystem", "'and', 'or' or the end expected"],
    ["not operatingSystem eq 'iOS'", 'expected'],
  ])('refuses %s', async (filter, message) => {
    const error = await refusal(await aGraph(), `$filter=${encodeURIComponent(filter)}`);
    expect(error).toMatchObject({ status: 400, code: 'BadRequest' });
    expect(error.message).toContain(message);
  });

  it('refuses azureADDeviceId together with $count', async () => {
    const error = await refusal(await aGraph(), "$count=true&$filter=azureADDeviceId eq 'x'");
    expect(error.message).toContain('cannot be combined with $count');
  });
});

async function refusal(graph: TestGraph, query: string) {
  return errorOf(await graph.call(`${devicesPath}?${query.replaceAll(' ', '%20')}`));
}
