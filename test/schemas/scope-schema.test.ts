import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Scope } from '../../src/core/scope.ts';
import { complianceStates, managementAgents } from '../../src/core/scope-values.ts';
import { scopeSchema } from '../../src/schemas/scope-schema.ts';
import { absent, conformance } from '../support/conformance.ts';
import { aDeviceId } from '../support/factories.ts';

const upper = 'ABCDEF00-0000-4000-8000-000000000001';
const lower = upper.toLowerCase();

const everyField: Scope = {
  deviceIds: [lower],
  deviceNames: ['WS-*'],
  serialNumbers: ['5CG1234XYZ'],
  userPrincipalNames: ['kim@contoso.com'],
  groupIds: [lower],
  platforms: ['windows', 'macOS', 'iOS', 'iPadOS', 'android', 'tvOS', 'visionOS'],
  ownership: ['company', 'personal'],
  complianceStates: ['noncompliant', 'inGracePeriod'],
  managementAgents: ['mdm', 'configurationManagerClientMdm'],
  manufacturers: ['Dell Inc.'],
  models: ['Latitude 7440'],
  categories: ['Kiosk'],
  osVersions: ['10.0.2'],
  lastSyncOlderThan: 'P1D',
  lastSyncNewerThan: 'P30D',
  enrolledBefore: '2026-01-31T08:00:00Z',
  enrolledAfter: '2020-01-01',
};

describe('scopeSchema', () => {
  it.each<[string, Scope]>([
    ['no field', {}],
    ['every field', everyField],
    ['every field in exclude', { exclude: everyField }],
    ['an empty exclude', { exclude: {} }],
  ])('takes a scope with %s as it is', (_, scope) => {
    const parsed: Scope = scopeSchema.parse(scope);
    expect(parsed).toEqual(scope);
  });

  it('gives ids in lower case, each once', () => {
    const scope = { deviceIds: [upper, lower], exclude: { groupIds: [lower, upper] } };
    expect(scopeSchema.parse(scope)).toEqual({
      deviceIds: [lower],
      exclude: { groupIds: [lower] },
    });
  });

  it('takes the spaces around a text away', () => {
    expect(scopeSchema.parse({ deviceNames: ['  WS 1 '] })).toEqual({ deviceNames: ['WS 1'] });
  });

  it('takes lists up to their limit', () => {
    const deviceIds = Array.from({ length: 10_000 }, (_, place) => aDeviceId(place));
    const models = Array.from({ length: 1_000 }, () => 'm'.repeat(256));
    expect(scopeSchema.parse({ deviceIds })).toEqual({ deviceIds });
    expect(scopeSchema.parse({ models })).toEqual({ models });
  });

  it('takes no more in all than the row of a run can hold', () => {
    const deviceIds = Array.from({ length: 10_000 }, (_, place) => aDeviceId(place));
    const { error } = scopeSchema.safeParse({ deviceIds, exclude: { deviceIds } });
    expect(error?.issues.map(({ message }) => message)).toEqual([
      'must have 450000 characters at most; name a group or a platform instead',
    ]);
  });
});

const textMessage = (example: string) =>
  `must be text of 1 to 256 characters, for example "${example}"`;
const listMessage = (example: string) => `must be a list, for example ["${example}"]`;
const emptyMessage = (example: string) =>
  `must have an entry, for example ["${example}"]; leave the field out to match any`;
const idExample = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const idMessage = `must be an id (a GUID), for example "${idExample}"`;
const boundMessage =
  'must be an ISO 8601 duration of at most ten years, counted back from the start of the run, for ' +
  'example "P30D", or an instant since 1970 with its zone, for example "2026-01-31T08:00:00Z"';
const objectMessage = 'must be an object, for example {"platforms": ["windows"]}';
const platformMessage =
  'must be one of windows, macOS, iOS, iPadOS, android, tvOS, visionOS, for example "windows"';
const fieldList = Object.keys(everyField).join(', ');

/** An example of each field that lists texts. */
const textFields = {
  deviceNames: 'WS-*',
  serialNumbers: '5CG1234XYZ',
  userPrincipalNames: 'kim@contoso.com',
  manufacturers: 'Dell Inc.',
  models: 'Latitude 7440',
  categories: 'Kiosk',
  osVersions: '10.0.26100',
};
const listExamples = {
  ...textFields,
  deviceIds: idExample,
  groupIds: idExample,
  platforms: 'windows',
  ownership: 'company',
  complianceStates: 'unknown',
  managementAgents: 'eas',
};
const boundFields = ['lastSyncOlderThan', 'lastSyncNewerThan', 'enrolledBefore', 'enrolledAfter'];

/** What is wrong with `input`, as a problem document reports it. */
function errorsOf(input: unknown): { path: string; message: string }[] {
  const { error } = scopeSchema.safeParse(input);
  return (error?.issues ?? []).map(({ path, message }) => ({ path: path.join('.'), message }));
}

describe('a bad scope names the path and the remedy', () => {
  describe.each(Object.entries(listExamples))('%s', (field, example) => {
    it.each<[string, unknown, string]>([
      ['a text', example, listMessage(example)],
      ['null', null, listMessage(example)],
      ['an object', { 0: example }, listMessage(example)],
      ['undefined', undefined, listMessage(example)],
      ['an empty list', [], emptyMessage(example)],
    ])('is %s', (_, value, message) => {
      expect(errorsOf({ [field]: value })).toEqual([{ path: field, message }]);
      expect(errorsOf({ exclude: { [field]: value } })).toEqual([
        { path: `exclude.${field}`, message },
      ]);
    });
  });

  it.each(Object.entries(textFields))('%s has entries that are no text', (field, example) => {
    const message = textMessage(example);
    expect(errorsOf({ [field]: [example, 7, '', '   ', null, 'x'.repeat(257)] })).toEqual(
      [1, 2, 3, 4, 5].map((place) => ({ path: `${field}.${place}`, message })),
    );
  });

  it.each(['deviceIds', 'groupIds'])('%s has entries that are no GUID', (field) => {
    const wrong = ['WS-1', '', 7, `{${lower}}`, lower.slice(1), ` ${lower}`];
    expect(errorsOf({ [field]: [lower, ...wrong] })).toEqual(
      wrong.map((_, place) => ({ path: `${field}.${place + 1}`, message: idMessage })),
    );
  });

  it.each([
    ['platforms', ['Windows', 'linux', 7], platformMessage],
    [
      'ownership',
      ['corporate', 'unknown'],
      'must be one of company, personal, for example "company"',
    ],
    [
      'complianceStates',
      ['nonCompliant'],
      'must be one of unknown, compliant, noncompliant, conflict, error, inGracePeriod, ' +
        'configManager, for example "unknown"',
    ],
    [
      'managementAgents',
      ['intune', 'unknownFutureValue'],
      'must be one of eas, mdm, easMdm, intuneClient, easIntuneClient, configurationManagerClient, ' +
        'configurationManagerClientMdm, configurationManagerClientMdmEas, unknown, jamf, ' +
        'googleCloudDevicePolicyController, microsoft365ManagedMdm, msSense, intuneAosp, google, ' +
        'for example "eas"',
    ],
  ])('%s has the unknown values %j', (field, values, message) => {
    expect(errorsOf({ [field]: values })).toEqual(
      values.map((_, place) => ({ path: `${field}.${place}`, message })),
    );
  });

  describe.each(boundFields)('%s', (field) => {
    it.each([
      'yesterday',
      '',
      '30',
      'P0D',
      'P11Y',
      '-P1D',
      '2026-02-30',
      '2026-01-31T08:00:00',
      '1969-12-31',
      `P${'1'.repeat(100)}D`,
      30,
      null,
      ['P30D'],
    ])('is %j', (value) => {
      expect(errorsOf({ [field]: value })).toContainEqual({ path: field, message: boundMessage });
    });
  });

  it.each([
    ['deviceIds', 10_001, '10,000'],
    ['groupIds', 1_001, '1,000'],
  ])('%s has %i entries', (field, length, most) => {
    expect(errorsOf({ [field]: Array.from({ length }, () => lower) })).toEqual([
      {
        path: field,
        message:
          `has ${length} entries and may have ${most}; divide them among several runs, ` +
          `for example of ${most} each`,
      },
    ]);
  });

  it.each(Object.keys(textFields))('%s has 1,001 entries', (field) => {
    expect(errorsOf({ [field]: Array.from({ length: 1_001 }, () => 'x') })).toEqual([
      {
        path: field,
        message:
          'has 1001 entries and may have 1,000; divide them among several runs, ' +
          'for example of 1,000 each',
      },
    ]);
  });

  it.each(['platform', 'Platforms', '__proto__', 'constructor', 'and'])(
    'it has the unknown field %s',
    (field) => {
      const input: unknown = JSON.parse(`{"platforms": ["windows"], "${field}": ["windows"]}`);
      const remedy = (fields: string) =>
        `has no field "${field}"; the fields are ${fields}, for example {"platforms": ["windows"]}`;
      expect(errorsOf(input)).toEqual([{ path: '', message: remedy(`${fieldList}, exclude`) }]);
      expect(errorsOf({ exclude: input })).toEqual([
        { path: 'exclude', message: remedy(fieldList) },
      ]);
    },
  );

  it('it has several unknown fields', () => {
    expect(errorsOf({ a: 1, b: 2 })).toEqual([
      {
        path: '',
        message:
          `has no field "a" and no field "b"; the fields are ${fieldList}, exclude, ` +
          'for example {"platforms": ["windows"]}',
      },
    ]);
  });

  it('exclude has an exclude of its own', () => {
    expect(errorsOf({ exclude: { exclude: {} } })).toEqual([
      expect.objectContaining({ path: 'exclude' }),
    ]);
  });

  it.each([[null], [7], ['fleet'], [[]], [true]])('it is %j', (input) => {
    expect(errorsOf(input)).toEqual([{ path: '', message: objectMessage }]);
    expect(errorsOf({ exclude: input })).toEqual([{ path: 'exclude', message: objectMessage }]);
  });
});

describe('the JSON Schema of a scope', () => {
  const jsonSchema = z.toJSONSchema(scopeSchema);
  const validate = new Ajv2020({ strict: true, formats: { uuid: true } }).compile(jsonSchema);

  it('is the same for what comes in and what comes out', () => {
    expect(z.toJSONSchema(scopeSchema, { io: 'input' })).toEqual(jsonSchema);
  });

  it('describes every field', () => {
    const properties = Object.entries(jsonSchema.properties ?? {});
    expect(properties.map(([field]) => field)).toEqual([...Object.keys(everyField), 'exclude']);
    const undescribed = properties.filter(
      ([, property]) => typeof property === 'boolean' || (property.description ?? '') === '',
    );
    expect(undescribed).toEqual([]);
  });

  it.each<[string, unknown, boolean]>([
    ['{}', {}, true],
    ['every field', { ...everyField, exclude: everyField }, true],
    ['an unknown field', { platform: ['windows'] }, false],
    ['an unknown field in exclude', { exclude: { platform: ['windows'] } }, false],
    ['an empty list', { models: [] }, false],
    ['an id that is none', { deviceIds: ['WS-1'] }, false],
    ['10,001 ids', { deviceIds: Array.from({ length: 10_001 }, () => lower) }, false],
    ['an unknown platform', { platforms: ['linux'] }, false],
  ])('judges %s as the schema does', (_, input, isValid) => {
    expect(validate(input)).toBe(isValid);
    expect(scopeSchema.safeParse(input).success).toBe(isValid);
  });
});

describe('the values that a scope may name', () => {
  it('are those of Microsoft Graph', ({ skip }) => {
    const file = conformance('graph/enums-2026-08.json') ?? skip(absent);
    const { enums } = file as { enums: Record<string, { beta: string[] }> };
    const known = (name: string) =>
      enums[name]?.beta.filter((member) => member !== 'unknownFutureValue').sort();
    expect([...complianceStates].sort()).toEqual(known('complianceState'));
    expect([...managementAgents].sort()).toEqual(known('managementAgentType'));
  });
});
