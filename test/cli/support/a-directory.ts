import { onTestFinished } from 'vitest';
import {
  type GraphSimulator,
  type ServicePrincipalOptions,
  startGraphSimulator,
} from '../../../dev/graph-simulator/index.ts';
import { graphAppRoles } from '../../../dev/graph-simulator/directory/graph-app-roles.ts';
import { featureRoles } from '../../../src/core/roles.ts';
import { aTrustedCertificate } from '../../support/trusted-certificate.ts';
import { type Circumstances, type Outcome, callCli, startTime } from './call-cli.ts';

export const identityId = 'bbbbbbbb-0000-4000-8000-000000000001';
export const clientId = 'bbbbbbbb-0000-4000-8000-000000000002';
export const otherId = 'bbbbbbbb-0000-4000-8000-00000000000f';
export const identityName = 'fleet-sync-identity';

/** Exactly what listing and syncing takes. */
export const syncRoles: readonly string[] = featureRoles.sync;

const administratorPermissions = ['AppRoleAssignment.ReadWrite.All', 'Application.Read.All'];
const certificate = aTrustedCertificate();

/** A simulated directory with the app's identity in it. */
export interface TestDirectory {
  simulator: GraphSimulator;
  /** Every request that the command line made: method and path. */
  requests: string[];
  /** Carries out `fleet-sync permissions …` as the administrator. */
  call: (args: readonly string[], circumstances?: Circumstances) => Promise<Outcome>;
  /** The roles of Microsoft Graph that the identity holds now, and how many of other APIs. */
  held: () => Promise<{ roles: string[]; others: number }>;
  /** The requests that were no GETs. */
  changes: () => string[];
}

/** Starts a directory that ends with the test; the identity holds `graphRoles`. */
export async function aDirectory(
  graphRoles: readonly string[],
  identity: Partial<ServicePrincipalOptions> = {},
): Promise<TestDirectory> {
  const principal = { id: identityId, appId: clientId, displayName: identityName };
  const simulator = await startGraphSimulator({
    certificate: await certificate,
    fleet: { devices: 1 },
    clock: { now: () => startTime, sleep: () => Promise.resolve() },
    servicePrincipals: [{ ...principal, graphRoles: [...graphRoles], ...identity }],
  });
  onTestFinished(() => simulator.close());
  const requests: string[] = [];
  const call: TestDirectory['call'] = (args, { env, fetch: send = fetch, ...others } = {}) =>
    callCli({ url: '' }, ['permissions', ...args], {
      ...others,
      env: { GRAPH_ENDPOINT: simulator.url, FLEET_SYNC_GRAPH_TOKEN: aGraphToken(), ...env },
      fetch: (input, init) => {
        const { pathname } = new URL(addressOf(input));
        requests.push(`${init?.method ?? 'GET'} ${decodeURIComponent(pathname)}`);
        return send(input, init);
      },
    });
  return {
    simulator,
    requests,
    call,
    held: () => heldAt(simulator),
    changes: () => requests.filter((request) => !request.startsWith('GET ')),
  };
}

async function heldAt({ url }: GraphSimulator) {
  const path = `/v1.0/servicePrincipals/${identityId}/appRoleAssignments?$top=999`;
  const headers = { authorization: `Bearer ${aGraphToken()}` };
  const page = (await (await fetch(url + path, { headers })).json()) as {
    value: { appRoleId: string; resourceDisplayName: string }[];
  };
  const ofGraph = page.value.filter((one) => one.resourceDisplayName === 'Microsoft Graph');
  const roles = ofGraph.map(({ appRoleId }) => graphAppRoles.find(({ id }) => id === appRoleId));
  return {
    roles: roles.map((role) => role?.value ?? '?').toSorted(),
    others: page.value.length - ofGraph.length,
  };
}

/** Where a request of `fetch` goes. */
export function addressOf(input: Parameters<typeof fetch>[0]): string {
  return input instanceof Request ? input.url : String(input);
}

/** An administrator's token for Microsoft Graph, good for an hour. */
export function aGraphToken(permissions: readonly string[] = administratorPermissions): string {
  const claims = {
    aud: 'https://graph.microsoft.com',
    exp: startTime / 1000 + 3600,
    scp: permissions.join(' '),
  };
  return `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims)}.`;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
