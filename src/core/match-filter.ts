import { groupTest } from './match-group.ts';
import type { ScopeContext, ScopeSubject } from './match-scope.ts';
import { type TextTest, exactTest, nameTest, prefixTest } from './match-text.ts';
import { timeTest } from './match-time.ts';
import { platformOf } from './platform.ts';
import type { ScopeFilter } from './scope.ts';

/** Whether a device is meant. */
export type DeviceTest = (device: ScopeSubject) => boolean;

/** What a filter asks with one of its fields; `undefined` when the field is not given. */
type FieldTest = (filter: ScopeFilter, context: ScopeContext) => DeviceTest | undefined;

/**
 * How each field judges a device, those that cost least first. The type asks for every field: one
 * that is added to `ScopeFilter` cannot be forgotten here.
 */
const fieldTests: Readonly<Record<keyof ScopeFilter, FieldTest>> = {
  lastSyncOlderThan: timeTest('lastSyncOlderThan'),
  lastSyncNewerThan: timeTest('lastSyncNewerThan'),
  enrolledBefore: timeTest('enrolledBefore'),
  enrolledAfter: timeTest('enrolledAfter'),
  deviceIds: textTest('deviceIds', exactTest, ({ id }) => id),
  ownership: textTest('ownership', exactTest, ({ ownership }) => ownership),
  complianceStates: textTest('complianceStates', exactTest, (device) => device.complianceState),
  managementAgents: textTest('managementAgents', exactTest, (device) => device.managementAgent),
  platforms: textTest('platforms', exactTest, (device) => platformOf(device.operatingSystem) ?? ''),
  manufacturers: textTest('manufacturers', exactTest, ({ manufacturer }) => manufacturer),
  models: textTest('models', exactTest, ({ model }) => model),
  categories: textTest('categories', exactTest, ({ category }) => category),
  serialNumbers: textTest('serialNumbers', exactTest, ({ serialNumber }) => serialNumber),
  userPrincipalNames: textTest(
    'userPrincipalNames',
    exactTest,
    (device) => device.userPrincipalName,
  ),
  groupIds: ({ groupIds }, { groups }) => groupIds && groupTest(groupIds, groups),
  osVersions: textTest('osVersions', prefixTest, ({ osVersion }) => osVersion),
  deviceNames: textTest('deviceNames', nameTest, ({ name }) => name),
};

/**
 * The test for devices that match every given field of `filter`; one without fields matches all.
 *
 * @throws Error as `compileScope` does
 */
export function matchFilter(filter: ScopeFilter, context: ScopeContext): DeviceTest {
  const tests = Object.values(fieldTests)
    .map((fieldTest) => fieldTest(filter, context))
    .filter((test) => test !== undefined);
  return (device) => {
    // A loop, because `every` would make a closure for each device.
    for (const test of tests) if (!test(device)) return false;
    return true;
  };
}

type ListField = Exclude<keyof ScopeFilter, `lastSync${string}` | `enrolled${string}`>;

/** A field that lists texts, of which the device must have one. */
function textTest(
  field: ListField,
  testOf: (values: readonly string[]) => TextTest,
  textOf: (device: ScopeSubject) => string,
): FieldTest {
  return (filter) => {
    const values = filter[field];
    if (values === undefined) return undefined;
    const isMeant = testOf(values);
    return (device) => isMeant(textOf(device));
  };
}
