import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCertificate, writeCertificate } from '../../dev/certificate.ts';
import { type GraphSimulator, startGraphSimulator } from '../../dev/graph-simulator/index.ts';
import { createToken } from '../../dev/identity-endpoint/token.ts';

const cli = resolve(import.meta.dirname, '../../dist/cli.cjs');
const identityId = 'bbbbbbbb-0000-4000-8000-000000000001';
const resource = 'https://graph.microsoft.com';
const roles = ['AppRoleAssignment.ReadWrite.All', 'Application.Read.All'];
const token = createToken({
  resource,
  roles,
  issuedAt: Math.floor(Date.now() / 1000),
  lifetimeSeconds: 3600,
});

let directory: string;
let certFile: string;
let graph: GraphSimulator;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fleet-sync-permissions-'));
  const certificate = await createCertificate();
  ({ certFile } = await writeCertificate(certificate, directory));
  const identity = {
    id: identityId,
    appId: 'bbbbbbbb-0000-4000-8000-000000000002',
    displayName: 'fleet-sync-identity',
    graphRoles: ['DeviceManagementManagedDevices.ReadWrite.All'],
    otherRoles: 110,
  };
  graph = await startGraphSimulator({
    certificate,
    fleet: { devices: 1 },
    servicePrincipals: [identity],
  });
});
afterAll(async () => {
  await graph.close();
  await rm(directory, { recursive: true, force: true });
});

/** Runs the command line as an administrator does, with nothing of the app configured. */
function fleetSync(args: string[], environment: Record<string, string> = {}) {
  const { PATH = '' } = process.env;
  return new Promise<{ code: number; stdout: string; stderr: string }>((done) => {
    const options = { env: { PATH, ...environment }, cwd: directory };
    execFile(process.execPath, [cli, ...args], options, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

function permissions(verb: string, ...options: string[]) {
  return fleetSync(['permissions', verb, '--principal', identityId, ...options], {
    NODE_EXTRA_CA_CERTS: certFile,
    GRAPH_ENDPOINT: graph.url,
    FLEET_SYNC_GRAPH_TOKEN: token,
  });
}

describe('the permissions of the identity', { timeout: 60_000 }, () => {
  it('are made what they should be, and verified', async () => {
    const before = await permissions('verify');
    const planned = await permissions('grant', '--dry-run');
    const granted = await permissions('grant');
    const between = await permissions('verify');
    const revoked = await permissions('revoke');
    const after = await permissions('verify', '--json');
    const all = [before, planned, granted, between, revoked, after];

    expect(all.map(({ code }) => code)).toEqual([1, 0, 0, 1, 0, 0]);
    expect(before.stdout).toContain(
      `  fleet-sync permissions grant --principal ${identityId} --features sync\n` +
        `  fleet-sync permissions revoke --principal ${identityId} --features sync\n`,
    );
    expect(granted.stderr.match(/^Granted /gm)).toHaveLength(2);
    expect(revoked.stderr).toBe('Revoked DeviceManagementManagedDevices.ReadWrite.All.\n');
    expect(JSON.parse(after.stdout)).toMatchObject({ remedies: [], otherApis: ['Another API'] });
    for (const { stdout, stderr } of all) expect(stdout + stderr).not.toContain(token);
  });

  it('are not shown to who may not see them', async () => {
    const { code, stdout, stderr } = await fleetSync(
      ['permissions', 'verify', '--principal', identityId],
      { NODE_EXTRA_CA_CERTS: certFile, GRAPH_ENDPOINT: graph.url, FLEET_SYNC_GRAPH_TOKEN: 'x.y.z' },
    );

    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain(`az account get-access-token --resource ${resource}`);
  });
});

describe('an app-install error', () => {
  it('is explained without an app', async () => {
    const { code, stdout } = await fleetSync(['explain', '-2016330897', '--json']);

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      code: 2016330897,
      hex: '0x87D13B6F',
      retryable: true,
    });
  });
});
