import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { FaultsChange } from '../../../dev/graph-simulator/index.ts';
import { aGraph, type Answer, type TestGraph } from './support/a-graph.ts';
import { aToken } from './support/a-token.ts';
import {
  fixtureNamed,
  hasConformanceData,
  readConformance,
  successPointer,
  validatorOf,
} from './support/conformance.ts';
import { aReadyFleet } from './support/fleets.ts';
import { devicesPath, listDevices, listIds, syncDevice } from './support/graph-calls.ts';

const listPath = '/deviceManagement/managedDevices';
const errorPointer = '/components/schemas/microsoft.graph.ODataErrors.ODataError';
const deviceId = '22222222-2222-4222-8222-222222222222';

describe.skipIf(!hasConformanceData)('against the published schemas', () => {
  it.each(['v1.0', 'beta'])('a page of devices of %s is valid', async (version) => {
    const graph = await aGraph({ fleet: { devices: 1000, neverSyncedShare: 0.1 } });
    const validate = validatorOf(version, successPointer(version, listPath, 'get'));
    const page: unknown = JSON.parse((await graph.call(`/${version}${listPath}?$top=900`)).text);
    validate(page);
    expect(validate.errors).toBeNull();
  });

  it.each(['v1.0', 'beta'])('a device of %s is valid', async (version) => {
    const graph = await aGraph({ fleet: aReadyFleet(1) });
    const [id = ''] = await listIds(graph);
    const pointer = successPointer(version, `${listPath}/{managedDevice-id}`, 'get');
    const validate = validatorOf(version, pointer);
    validate(JSON.parse((await graph.call(`/${version}${listPath}/${id}`)).text));
    expect(validate.errors).toBeNull();
  });

  it('the validation can fail', () => {
    const validate = validatorOf('v1.0', successPointer('v1.0', listPath, 'get'));
    expect(validate({ value: [{ id: 'x', managementAgent: 'carrier pigeon' }] })).toBe(false);
    expect(validate({ value: [{ id: 'x', lastSyncDateTime: 'yesterday' }] })).toBe(false);
  });

  it('every property is one of managedDevice, and every state one of its enum', async () => {
    const graph = await aGraph({ fleet: { devices: 1000, leavingShare: 0.5 } });
    const devices = await listDevices(graph);
    const file = z.object({
      enums: z.record(z.string(), z.object({ 'v1.0': z.array(z.string()).nullable() })),
    });
    const { enums } = file.parse(readConformance('enums-2026-08.json'));
    const states = new Set(devices.map(({ managementState }) => managementState));
    expect(enums['managementState']?.['v1.0']).toEqual(expect.arrayContaining([...states]));
    expect(Object.keys(devices[0] ?? {}).filter((name) => !knownProperties().has(name))).toEqual(
      [],
    );
  });

  it('every error is a valid ODataError', async () => {
    const validate = validatorOf('v1.0', errorPointer);
    const graph = await aGraph({ fleet: aReadyFleet(1) });
    const answers = [
      await graph.call(devicesPath, { token: undefined }),
      await graph.call(devicesPath, { token: aToken({ roles: [] }) }),
      await graph.call(`${devicesPath}?$top=x`),
      await graph.call('/shoes'),
      await syncDevice(graph, deviceId),
    ];
    for (const faults of [{ rate500: 1 }, { rate502: 1 }, { rate503: 1 }, { rate504: 1 }]) {
      graph.simulator.setFaults('none');
      graph.simulator.setFaults(faults);
      answers.push(await graph.call(devicesPath));
    }
    expect(answers.map(({ status }) => status)).toEqual([
      401, 403, 400, 404, 404, 500, 502, 503, 504,
    ]);
    for (const answer of answers) {
      validate(JSON.parse(answer.text));
      expect(validate.errors).toBeNull();
    }
  });
});

describe.skipIf(!hasConformanceData)('in the shape of the recorded errors', () => {
  const shapes: [string, FaultsChange, (graph: TestGraph, id: string) => Promise<Answer>][] = [
    ['403-sync-missing-role', {}, (graph, id) => syncDevice(graph, id, aToken({ roles: [] }))],
    ['404-device-gone', {}, (graph) => syncDevice(graph, deviceId)],
    ['404-invalid-version', {}, (graph) => graph.call('/devicemanagement')],
    ['500-intune', { rate500: 1 }, (graph) => graph.call(devicesPath)],
    ['503-with-retry-after', { rate503: 1 }, (graph) => graph.call(devicesPath)],
    ['504-double-nested-page', { failingPage: 1 }, (graph) => graph.call(devicesPath)],
  ];
  it.each(shapes)('%s', async (name, faults, call) => {
    const graph = await aGraph({ fleet: aReadyFleet(1) });
    const [id = ''] = await listIds(graph);
    graph.simulator.setFaults(faults);
    const answer = await call(graph, id);
    const fixture = fixtureNamed(name);
    expect(answer.status).toBe(fixture.status);
    expect(shapeOf(JSON.parse(answer.text))).toEqual(shapeOf(fixture.body));
    expect(codeOf(JSON.parse(answer.text))).toBe(codeOf(fixture.body));
  });

  it('400-device-action', async () => {
    const graph = await aGraph({ fleet: aReadyFleet(1, { refusedShare: 1 }) });
    const [id = ''] = await listIds(graph);
    const body: unknown = JSON.parse((await syncDevice(graph, id)).text);
    expect(shapeOf(body)).toEqual(shapeOf(fixtureNamed('400-device-action').body));
  });

  it('the three of 429, in turn', async () => {
    const graph = await aGraph({ faults: { throttledRate: 1 } });
    const met = new Set<string>();
    for (let call = 0; call < 40; call++) {
      met.add(JSON.stringify(shapeOf(JSON.parse((await graph.call(devicesPath)).text))));
    }
    const recorded = [
      '429-graph-documented',
      '429-intune-no-retry-after',
      '429-intune-nested-no-retry-after',
    ].map((name) => JSON.stringify(shapeOf(fixtureNamed(name).body)));
    expect([...met].toSorted()).toEqual(recorded.toSorted());
  });
});

function knownProperties(): Set<string> {
  const pointer = z.object({
    components: z.object({
      schemas: z.object({
        'microsoft.graph.managedDevice': z.object({
          allOf: z.array(z.object({ properties: z.record(z.string(), z.unknown()).optional() })),
        }),
      }),
    }),
  });
  const { components } = pointer.parse(readConformance('openapi-v1.0-excerpt.json'));
  const parts = components.schemas['microsoft.graph.managedDevice'].allOf;
  const names = parts.flatMap(({ properties }) => Object.keys(properties ?? {}));
  // In v1.0 since 2026, which is later than the excerpt.
  return new Set([...names, 'id', 'managementState']);
}

function codeOf(body: unknown): string {
  return z.object({ error: z.object({ code: z.string() }) }).parse(body).error.code;
}

/** The body with types in the place of values; text that is itself JSON is looked into. */
function shapeOf(value: unknown): unknown {
  if (typeof value === 'string' && value.startsWith('{'))
    return { json: shapeOf(JSON.parse(value)) };
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  const entries = Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)] as const);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
