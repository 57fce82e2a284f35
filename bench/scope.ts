import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type GroupMembers, type ScopeSubject, compileScope } from '../src/core/match-scope.ts';
import type { Scope } from '../src/core/scope.ts';

/**
 * Judges a large fleet by a scope that uses every field, and by the longest lists that a request
 * may hold; prints the median time of some rounds and the most heap that is held afterwards.
 * Usage: `node bench/scope.ts [devices]`, by default 100,000.
 */
const devices = Number(process.argv[2] ?? 100_000);

/** The bars. A copy of the fleet would hold at least a pointer of 8 bytes for each device. */
const MAX_MS = (1_000 * devices) / 100_000;
const MAX_HELD_MEGABYTES = (8 * devices) / 1_000_000;
const ROUNDS = 5;

const now = Date.UTC(2026, 0, 4, 2);
const DAY_MS = 86_400_000;
const collectGarbage = exposedGarbageCollector();
const groupId = guid(4, 1);

// Parsed from JSON, as a listed fleet is: V8 stores the result of a template in pieces and joins
// them, on the heap, at the first comparison, which would be counted as growth.
const fleet = JSON.parse(
  JSON.stringify(Array.from({ length: devices }, (_, number) => aDevice(number))),
) as ScopeSubject[];
const groups = new Map<string, GroupMembers>([
  [
    groupId,
    {
      deviceIds: new Set(fleet.filter((_, place) => place % 2 === 0).map((d) => d.entraDeviceId)),
      userIds: new Set(fleet.map(({ userId }) => userId)),
    },
  ],
]);

/** Every field that one entry lets match the whole fleet: all of them are asked of each device. */
const matchingAll = {
  deviceNames: ['*-*0*', 'ws-*'],
  groupIds: [groupId],
  platforms: ['windows'],
  ownership: ['company'],
  complianceStates: ['compliant', 'noncompliant'],
  managementAgents: ['mdm'],
  manufacturers: ['dell inc.'],
  models: ['latitude 7440'],
  categories: ['kiosk'],
  osVersions: ['10.0.2'],
  lastSyncOlderThan: 'PT12H',
  lastSyncNewerThan: 'P1Y',
  enrolledBefore: 'P1D',
  enrolledAfter: '2020-01-01',
} satisfies Scope;

/** And those that name devices one by one, as long as a request may have them. */
const everyField: Required<Omit<Scope, 'exclude'>> = {
  ...matchingAll,
  deviceIds: fleet.slice(0, 10_000).map(({ id }) => id),
  serialNumbers: fleet.slice(0, 1_000).map(({ serialNumber }) => serialNumber),
  userPrincipalNames: fleet.slice(0, 1_000).map((device) => device.userPrincipalName),
};

const thousand = (textOf: (number: number) => string) =>
  Array.from({ length: 1_000 }, (_, number) => textOf(number));

const scopes: Readonly<Record<string, Scope>> = {
  'every field': everyField,
  'every field, exclude as well': { ...everyField, exclude: everyField },
  'all that match, exclude too': { ...matchingAll, exclude: matchingAll },
  '1,000 prefixes': { deviceNames: thousand((number) => `WS-X${number}*`) },
  '1,000 versions': { osVersions: thousand((number) => `10.0.9${number}`) },
  '1,000 patterns': { deviceNames: thousand((number) => `*X${number}*Y`) },
};

console.log(`${devices.toLocaleString('en')} devices, the median of ${ROUNDS} rounds`);
for (const [name, scope] of Object.entries(scopes)) {
  const rounds = Array.from({ length: ROUNDS }, () => judgeFleet(scope));
  const ms = rounds.map((round) => round.ms).toSorted((a, b) => a - b)[ROUNDS >> 1] ?? Infinity;
  const megabytes = Math.max(...rounds.map((round) => round.heldMegabytes));
  const isMet = ms <= MAX_MS && megabytes <= MAX_HELD_MEGABYTES;
  console.log(
    `${name.padEnd(28)} ${ms.toFixed(0).padStart(5)} ms (at most ${MAX_MS})` +
      `  heap growth ${megabytes.toFixed(2).padStart(6)} MB (at most ${MAX_HELD_MEGABYTES})` +
      `  ${JSON.stringify(rounds[0]?.counts)}${isMet ? '' : '  MISSED'}`,
  );
  if (!isMet) process.exitCode = 1;
}

/** Compiles the scope, judges every device, and measures the heap with the compiled scope alive. */
function judgeFleet(scope: Scope) {
  const counts = { included: 0, excluded: 0, outside: 0 };
  const startedAt = performance.now();
  const matchScope = compileScope(scope, { now, groups });
  const compiledAt = performance.now();
  collectGarbage();
  const heapBefore = process.memoryUsage().heapUsed;
  const judgingAt = performance.now();
  for (const device of fleet) counts[matchScope(device)] += 1;
  const judgedAt = performance.now();
  collectGarbage();
  const heldMegabytes = (process.memoryUsage().heapUsed - heapBefore) / 1_000_000;
  return { ms: compiledAt - startedAt + (judgedAt - judgingAt), heldMegabytes, counts };
}

function aDevice(number: number): ScopeSubject {
  return {
    id: guid(1, number),
    name: `WS-${String(number).padStart(6, '0')}`,
    serialNumber: `SN${number}ABC`,
    userPrincipalName: `User${number}@Contoso.com`,
    operatingSystem: 'Windows',
    ownership: 'company',
    complianceState: number % 2 === 0 ? 'compliant' : 'noncompliant',
    managementAgent: 'mdm',
    manufacturer: 'Dell Inc.',
    model: 'Latitude 7440',
    category: 'Kiosk',
    osVersion: `10.0.26100.${number % 1_000}`,
    lastSyncAt: now - DAY_MS - number,
    enrolledAt: now - 100 * DAY_MS - number,
    entraDeviceId: guid(2, number),
    userId: guid(3, number),
  };
}

function guid(kind: number, number: number): string {
  return `${kind}0000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}

/** So that the command needs no flag of Node. */
function exposedGarbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
