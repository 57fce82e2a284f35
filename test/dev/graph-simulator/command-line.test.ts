import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { get } from 'node:https';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseCommandLine } from '../../../dev/graph-simulator/command-line.ts';

const script = fileURLToPath(new URL('../../../dev/graph-simulator/main.ts', import.meta.url));

describe('the command line', () => {
  it('has a default for everything', () => {
    expect(parseCommandLine([])).toEqual({
      kind: 'start',
      certificateDirectory: undefined,
      options: {
        port: 0,
        controlPort: 0,
        fleet: { seed: 1, devices: 300 },
        quota: {},
        groups: [],
        servicePrincipals: [],
        exchangeConnectors: 0,
        bulk: {},
        latencyMs: 0,
        faults: 'none',
        clockScale: 1,
      },
    });
  });

  it('takes more of the fleet and the quota as JSON', () => {
    const args = ['--devices', '5', '--fleet', '{"goneShare":0.1}', '--quota={"appWrites":100}'];
    expect(parseCommandLine(args)).toMatchObject({
      options: { fleet: { seed: 1, devices: 5, goneShare: 0.1 }, quota: { appWrites: 100 } },
    });
  });

  it('takes service principals', () => {
    expect(parseCommandLine(['--service-principals', '[{"id":"x"}]'])).toMatchObject({
      options: { servicePrincipals: [{ id: 'x' }] },
    });
  });

  it('takes groups, connectors and the bulk settings', () => {
    const args = ['--groups', '[{"id":"x"}]', '--exchange-connectors', '2', '--bulk={"weight":5}'];
    expect(parseCommandLine(args)).toMatchObject({
      options: { groups: [{ id: 'x' }], exchangeConnectors: 2, bulk: { weight: 5 } },
    });
  });

  it.each([
    [['--devices', 'many'], "--devices: 'many' is not a number."],
    [['--port', ''], "--port: '' is not a number."],
    [['--fleet', '[]'], "--fleet: '[]' is not a JSON object."],
    [['--service-principals', '{}'], "--service-principals: '{}' is not a JSON array."],
    [['--groups', '{}'], "--groups: '{}' is not a JSON array."],
    [['--exchange-connectors', 'x'], "--exchange-connectors: 'x' is not a number."],
    [['--bulk', 'x'], "--bulk: 'x' is not a JSON object."],
    [['--quota', '{'], "--quota: '{' is not a JSON object."],
    [['--shoes'], "Unknown option '--shoes'"],
    [['300'], 'Unexpected argument'],
  ])('refuses %j', (args, message) => {
    expect(() => parseCommandLine(args)).toThrow(message);
  });
});

describe('the command', () => {
  it('runs until it is told to stop, and leaves no file behind', async () => {
    const run = start(['--devices', '5']);
    await run.printed(/certificate {2}(\S+)/);
    const [, url = ''] = await run.printed(/graph +(\S+)/);
    const [, certFile = ''] = await run.printed(/certificate +(\S+)/);
    const [, controlUrl = ''] = await run.printed(/control +(\S+)/);
    expect(await statusOf(`${url}/v1.0/shoes`, readFileSync(certFile, 'utf8'))).toBe(401);
    expect((await fetch(`${controlUrl}/statistics`)).status).toBe(200);
    run.child.kill('SIGTERM');
    expect(await run.exited).toBe(0);
    expect(existsSync(certFile)).toBe(false);
  });

  it('explains itself', async () => {
    const run = start(['--help']);
    expect(await run.exited).toBe(0);
    expect(run.output()).toContain('--devices N');
  });

  it.each([
    [['--devices', '2000000'], 'fleet.devices: '],
    [['--faults', 'horrible'], 'faults: '],
    [['--quota', '{"appWrite":1}'], '"appWrite"'],
    [['--bulk', '{"weight":0}'], 'bulk.weight: '],
    [['--groups', '[{"id":"x"}]'], 'groups.0.id: a GUID is expected'],
    [['--exchange-connectors', '101'], 'exchangeConnectors: '],
  ])('ends with a message for %j', async (args, message) => {
    const run = start(args);
    expect(await run.exited).toBe(1);
    expect(run.output()).toContain(message);
    expect(run.output()).not.toContain('    at ');
  });
});

function start(args: string[]) {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => (output += chunk));
  }
  const exited = new Promise<number | null>((resolve) => child.on('close', resolve));
  async function printed(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(output);
      if (match !== null) return match;
      if (child.exitCode !== null) throw new Error(`The command ended early: ${output}`);
      await new Promise((resolve) => child.stdout.once('data', resolve));
    }
  }
  return { child, exited, printed, output: () => output };
}

function statusOf(url: string, ca: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { ca, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', reject);
  });
}
