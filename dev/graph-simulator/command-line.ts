import { parseArgs } from 'node:util';
import type { GraphSimulatorOptions } from './simulator-options.ts';
import type { GroupOptions } from './directory/group-options.ts';
import type { ServicePrincipalOptions } from './directory/service-principal-options.ts';
import type { FaultPresetName } from './faults/presets.ts';
import type { FleetOptions } from './fleet/fleet-options.ts';

/** What the command was asked to do. */
export type Command =
  | { kind: 'help' }
  | {
      kind: 'start';
      /** Where key.pem and cert.pem are written; absent: a temporary directory. */
      certificateDirectory: string | undefined;
      /** Not checked yet beyond being numbers and JSON; `startGraphSimulator` does that. */
      options: Omit<GraphSimulatorOptions, 'certificate'>;
    };

export const usage = `Usage: node dev/graph-simulator/main.ts [options]

Simulates Microsoft Graph for Intune device sync on https://127.0.0.1.

  --devices N                 devices in the fleet, 0 to 1000000 (default 300)
  --seed N                    same seed, same fleet and faults (default 1)
  --port N, --control-port N  default 0: any free port
  --latency-ms N              time every answer takes (default 0)
  --faults NAME               none, typical or severe (default none)
  --clock-scale N             simulated ms per real ms for check-ins (default 1)
  --fleet JSON                more of the fleet, e.g. '{"goneShare":0.01,"offlineShare":0.2}'
  --quota JSON                e.g. '{"appWrites":100,"otherAppWritesPerSecond":5}'
  --groups JSON               e.g. '[{"id":"<GUID>","deviceShare":0.1,"userShare":0.05}]'
  --service-principals JSON   e.g. '[{"id":"<GUID>","appId":"<GUID>","displayName":"app"}]'
  --exchange-connectors N     default 0
  --bulk JSON                 executeAction, e.g. '{"weight":"perDevice","wrapped":true}'
  --certificate-directory D   where key.pem and cert.pem are written (default: temporary)
  --help
`;

/**
 * Parses the arguments after the script's name.
 *
 * @throws Error that names the argument and what is wrong with it
 */
export function parseCommandLine(args: readonly string[]): Command {
  const { values } = parseArgs({
    args: [...args],
    strict: true,
    allowPositionals: false,
    options: {
      devices: { type: 'string', default: '300' },
      seed: { type: 'string', default: '1' },
      port: { type: 'string', default: '0' },
      'control-port': { type: 'string', default: '0' },
      'latency-ms': { type: 'string', default: '0' },
      faults: { type: 'string', default: 'none' },
      'clock-scale': { type: 'string', default: '1' },
      fleet: { type: 'string', default: '{}' },
      quota: { type: 'string', default: '{}' },
      groups: { type: 'string', default: '[]' },
      'service-principals': { type: 'string', default: '[]' },
      'exchange-connectors': { type: 'string', default: '0' },
      bulk: { type: 'string', default: '{}' },
      'certificate-directory': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return { kind: 'help' };
  const devices = toNumber('--devices', values.devices);
  const fleet = { seed: toNumber('--seed', values.seed), ...toObject('--fleet', values.fleet) };
  return {
    kind: 'start',
    certificateDirectory: values['certificate-directory'],
    options: {
      port: toNumber('--port', values.port),
      controlPort: toNumber('--control-port', values['control-port']),
      fleet: { ...(fleet as Partial<FleetOptions>), devices },
      quota: toObject('--quota', values.quota),
      groups: toList('--groups', values.groups) as GroupOptions[],
      servicePrincipals: toList(
        '--service-principals',
        values['service-principals'],
      ) as ServicePrincipalOptions[],
      exchangeConnectors: toNumber('--exchange-connectors', values['exchange-connectors']),
      bulk: toObject('--bulk', values.bulk),
      latencyMs: toNumber('--latency-ms', values['latency-ms']),
      faults: values.faults as FaultPresetName,
      clockScale: toNumber('--clock-scale', values['clock-scale']),
    },
  };
}

function toNumber(name: string, text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw new Error(`${name}: '${text}' is not a number.`);
}

function toObject(name: string, text: string): object {
  const value = parseJson(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new Error(`${name}: '${text}' is not a JSON object.`);
}

function toList(name: string, text: string): unknown[] {
  const value = parseJson(text);
  if (Array.isArray(value)) return value;
  throw new Error(`${name}: '${text}' is not a JSON array.`);
}

/** Undefined for what is not JSON, which the caller refuses like JSON of another kind. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
