import { reports } from '../../../src/adapters/graph/graph-app-install-reports.ts';
import { queueNames } from '../../../src/adapters/queue/queues.ts';
import { tableNames } from '../../../src/adapters/table/tables.ts';
import { readConfig } from '../../../src/config/config.ts';
import { ConfigError } from '../../../src/config/config-error.ts';
import type { Action, Command } from '../../../src/core/actions/action.ts';
import { actions } from '../../../src/core/actions/index.ts';
import { metricNames } from '../../../src/core/metrics.ts';
import { GRAPH_APP_ID, featureRoles } from '../../../src/core/roles.ts';
import { operations } from '../../../src/functions/http/openapi-operations.ts';
import { settingsSchema } from '../../../src/schemas/settings-schema.ts';
import { aDeviceId } from '../../support/factories.ts';
import { type RunTelemetry, runTelemetry } from './run-telemetry.ts';

/** What the code says of itself, for comparison with the infrastructure. */
export interface CodeFacts {
  /** Every setting the app reads. */
  readonly settings: readonly string[];
  /** The configuration that settings make, or why the app would not start with them. */
  readonly configure: (settings: Readonly<Record<string, string>>) => unknown;
  readonly queues: readonly string[];
  readonly tables: readonly string[];
  readonly routes: readonly Route[];
  readonly metrics: readonly string[];
  readonly telemetry: RunTelemetry;
  /** The application id of Microsoft Graph. */
  readonly graphAppId: string;
  /** Roles on Microsoft Graph by what they are for; those for `sync` are needed always. */
  readonly roles: Readonly<Record<string, readonly string[]>>;
  /** What the app posts to Microsoft Graph, to send a command or read a report: `POST /v1.0/…`. */
  readonly commands: readonly string[];
}

export interface Route {
  readonly method: string;
  /** Below the route prefix: `/runs/{id}`. */
  readonly path: string;
  /** Whether it answers everybody. */
  readonly isOpen: boolean;
}

export async function readCodeFacts(): Promise<CodeFacts> {
  return {
    settings: Object.keys(settingsSchema.shape),
    configure,
    queues: Object.values(queueNames),
    tables: tableNames,
    routes: operations.map(({ method, path, isOpen = false }) => ({
      method: method.toUpperCase(),
      path,
      isOpen,
    })),
    metrics: Object.values(metricNames),
    telemetry: await runTelemetry(),
    graphAppId: GRAPH_APP_ID,
    roles: featureRoles,
    commands: [
      ...Object.values(actions).flatMap(callsOf),
      ...Object.values(reports).map(({ version, url }) => `POST /${version}${url}`),
    ],
  };
}

/** The calls of an action, whatever its parameters are set to. */
function callsOf({ parameters, command }: Action): string[] {
  const choices = Object.entries(parameters).flatMap(([name, { values }]) =>
    values.map((value) => command({ [name]: value })),
  );
  return [...new Set((choices.length === 0 ? [command({})] : choices).flatMap(commandsOf))];
}

/** How a command is sent: to one device, and to many. */
function commandsOf({ version, request, bulk }: Command): string[] {
  const one = request(aDeviceId());
  const many = bulk?.request([aDeviceId()]);
  return [
    `${one.method} /${version}${one.url}`,
    ...(bulk === undefined || many === undefined
      ? []
      : [`${many.method} /${bulk.version}${many.url}`]),
  ];
}

function configure(settings: Readonly<Record<string, string>>): unknown {
  try {
    return readConfig(settings);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}
