import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { aGraph, type CallOptions } from './support/a-graph.ts';
import { aToken } from './support/a-token.ts';
import { resultOf, syncInBulk } from './support/bulk-calls.ts';
import {
  fixtureNamed,
  hasConformanceData,
  readConformance,
  successPointer,
  validatorOf,
} from './support/conformance.ts';
import { aWindowsFleet } from './support/fleets.ts';
import { errorOf, listIds, pageOf } from './support/graph-calls.ts';
import { asReader, membersPath } from './support/group-calls.ts';

const groupId = 'aaaaaaaa-0000-4000-8000-000000000001';
const asConnectorReader = {
  token: aToken({ roles: ['DeviceManagementServiceConfig.Read.All'] }),
};

/** A tenant with one of everything. */
const aTenant = () =>
  aGraph({
    fleet: aWindowsFleet(30, { coManagedShare: 0.5 }),
    groups: [{ id: groupId, deviceShare: 1, userShare: 1 }],
    exchangeConnectors: 2,
  });

describe.skipIf(!hasConformanceData)('against the published schemas', () => {
  const members = '/groups/{group-id}/transitiveMembers';
  const connectors = '/deviceManagement/exchangeConnectors';
  const comanaged = '/deviceManagement/comanagedDevices';
  const lists: [string, string, string, CallOptions][] = [
    ['v1.0', members, membersPath(groupId), asReader()],
    [
      'v1.0',
      `${members}/microsoft.graph.device`,
      membersPath(groupId, 'device', '$count=true&$top=5'),
      asReader(),
    ],
    ['v1.0', connectors, `/v1.0${connectors}`, asConnectorReader],
    ['beta', connectors, `/beta${connectors}`, asConnectorReader],
    ['beta', comanaged, `/beta${comanaged}?$top=5`, {}],
  ];

  it.each(lists)('a page of %s %s is valid', async (version, path, url, call) => {
    const validate = validatorOf(version, successPointer(version, path, 'get'));
    const answer = await (await aTenant()).call(url, call);
    expect(pageOf(answer).devices.length).toBeGreaterThan(1);
    validate(JSON.parse(answer.text));
    expect(validate.errors).toBeNull();
  });

  const entities: [string, string, string, CallOptions][] = [
    ['beta', comanaged, '{managedDevice-id}', {}],
    ['v1.0', connectors, '{deviceManagementExchangeConnector-id}', asConnectorReader],
    ['beta', connectors, '{deviceManagementExchangeConnector-id}', asConnectorReader],
  ];

  it.each(entities)('one of %s %s is valid', async (version, path, parameter, call) => {
    const graph = await aTenant();
    const [first] = pageOf(await graph.call(`/${version}${path}`, call)).devices;
    const answer = await graph.call(`/${version}${path}/${String(first?.['id'])}`, call);
    const validate = validatorOf(version, successPointer(version, `${path}/${parameter}`, 'get'));
    expect(answer.status).toBe(200);
    validate(JSON.parse(answer.text));
    expect(validate.errors).toBeNull();
  });

  it('every property of a device member is one of device', async () => {
    const [, own] = partsOf('v1.0', 'device');
    const [, inherited] = partsOf('v1.0', 'directoryObject');
    const known = ['id', ...Object.keys(inherited ?? {}), ...Object.keys(own ?? {})];
    const graph = await aTenant();
    const answer = await graph.call(membersPath(groupId, 'device'), asReader());
    const names = Object.keys(pageOf(answer).devices[0] ?? {});
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
  });

  it('the result of executeAction is valid, and has the keys of the recorded ones', async () => {
    const path = '/deviceManagement/managedDevices/executeAction';
    const validate = validatorOf('beta', successPointer('beta', path, 'post'));
    const graph = await aTenant();
    const answer = await syncInBulk(graph, await listIds(graph));
    expect(resultOf(answer).successfulDeviceIds).toHaveLength(30);
    validate(JSON.parse(answer.text));
    expect(validate.errors).toBeNull();
    const recorded = fixtureNamed('executeAction-unwrapped');
    expect(keysOf(JSON.parse(answer.text))).toEqual(keysOf(recorded.body));
  });

  it('the wrapped result of executeAction has the keys of the documented sample', async () => {
    const graph = await aGraph({ fleet: aWindowsFleet(1), bulk: { wrapped: true } });
    const answer: unknown = JSON.parse((await syncInBulk(graph, await listIds(graph))).text);
    const recorded = z
      .object({ value: z.unknown() })
      .parse(fixtureNamed('executeAction-wrapped').body);
    expect(keysOf(z.object({ value: z.unknown() }).parse(answer).value)).toEqual(
      keysOf(recorded.value),
    );
  });

  it('the refusal of Entra ID is the recorded one', async () => {
    const graph = await aTenant();
    const answer = await graph.call(membersPath(groupId), asReader([]));
    const fixture = fixtureNamed('403-entra-authorization');
    expect(answer.status).toBe(fixture.status);
    expect(keysOf(JSON.parse(answer.text))).toEqual(keysOf(fixture.body));
    const { error } = z.object({ error: z.looseObject({ code: z.string() }) }).parse(fixture.body);
    expect(errorOf(answer)).toMatchObject({ code: error.code, message: error['message'] });
  });
});

describe.skipIf(!hasConformanceData)('against the published enums', () => {
  it('Configuration Manager takes every action, and Exchange both kinds of sync', async () => {
    const graph = await aTenant();
    const [device] = pageOf(
      await graph.call('/beta/deviceManagement/comanagedDevices?$top=1'),
    ).devices;
    const actions = enumOf('configurationManagerActionType');
    expect(actions.length).toBeGreaterThan(5);
    for (const action of actions) {
      const path = `/beta/deviceManagement/managedDevices/${String(device?.['id'])}/triggerConfigurationManagerAction`;
      const body = { configurationManagerAction: { action } };
      expect((await graph.call(path, { method: 'POST', body })).status).toBe(204);
    }
    const path = '/v1.0/deviceManagement/exchangeConnectors';
    const [connector] = pageOf(await graph.call(path, asConnectorReader)).devices;
    const token = aToken({ roles: ['DeviceManagementServiceConfig.ReadWrite.All'] });
    for (const syncType of enumOf('deviceManagementExchangeConnectorSyncType')) {
      const url = `${path}/${String(connector?.['id'])}/sync`;
      expect((await graph.call(url, { method: 'POST', token, body: { syncType } })).status).toBe(
        204,
      );
    }
  });

  it('no member of managedDeviceRemoteAction but syncDevice is acted on', async () => {
    const graph = await aTenant();
    const deviceIds = await listIds(graph);
    const actions = enumOf('managedDeviceRemoteAction');
    const accepted: string[] = [];
    for (const actionName of actions) {
      const url = '/beta/deviceManagement/managedDevices/executeAction';
      const { status } = await graph.call(url, { method: 'POST', body: { actionName, deviceIds } });
      if (status === 200) accepted.push(actionName);
    }
    expect(accepted).toEqual(['syncDevice']);
    expect(graph.simulator.statistics().refusedActions).toBe(actions.length - 1);
  });
});

const documentSchema = z.object({
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});

function schemaNamed(version: string, name: string): unknown {
  const { components } = documentSchema.parse(readConformance(`openapi-${version}-excerpt.json`));
  return components.schemas[`microsoft.graph.${name}`];
}

/** The properties of a type's parts: what it inherits (a reference), then its own. */
function partsOf(version: string, name: string) {
  const part = z.object({ properties: z.record(z.string(), z.unknown()).optional() });
  const schema = z.object({ allOf: z.array(part) }).parse(schemaNamed(version, name));
  return schema.allOf.map(({ properties }) => properties);
}

function enumOf(name: string): string[] {
  return z.object({ enum: z.array(z.string()) }).parse(schemaNamed('beta', name)).enum;
}

/** Names of properties, at every depth, in alphabetical order. */
function keysOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const entries = Object.entries(value).map(([key, inner]) => [key, keysOf(inner)] as const);
  return entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
}
