import {
  type Check,
  type Infrastructure,
  deployed,
  distinct,
  textAt,
  valueAt,
} from '../infrastructure.ts';
import { textOf } from '../../../../dev/bicep/values.ts';
import { tables } from '../kql-tables.ts';
import { readKql } from '../read-kql.ts';

/** Every query by its path. */
function queries({ project }: Infrastructure): [string, string][] {
  return [...project.texts].filter(([path]) => path.endsWith('.kql'));
}

/** Tables and columns exist: a misspelt one is an empty chart, or an alert that never fires. */
export const queriesUseWhatExists: Check = (infrastructure) =>
  queries(infrastructure).flatMap(([where, text]) => {
    const parts = readKql(text);
    if (parts.length === 0) return [{ where, problem: 'asks no table' }];
    return parts.flatMap(({ table, unknown }) =>
      table in tables
        ? unknown.map((word) => ({ where, problem: `${table} has no ${word}` }))
        : [{ where, problem: `there is no table ${table}` }],
    );
  });

/** What queries ask for by name is what the app emits. */
export const queriesAskForWhatIsEmitted: Check = (infrastructure) => {
  const { metrics, telemetry } = infrastructure.code;
  const emitted: Readonly<
    Record<string, { names: readonly string[]; properties: readonly string[] }>
  > = {
    AppMetrics: { names: metrics, properties: telemetry.dimensions },
    AppEvents: { names: [telemetry.event], properties: telemetry.eventProperties },
  };
  return queries(infrastructure).flatMap(([where, text]) =>
    readKql(text).flatMap(({ table, names, properties }) => {
      const known = emitted[table];
      if (known === undefined) return [];
      return [
        ...(names.length === 0 ? [`${table} without a name`] : []),
        ...names
          .filter((name) => !known.names.includes(name))
          .map((name) => `the app emits no ${name} to ${table}`),
        ...properties
          .filter((name) => !known.properties.includes(name))
          .map((name) => `the app gives ${table} no property ${name}`),
      ].map((problem) => ({ where, problem }));
    }),
  );
};

/** Two days back is as far as an alert sees (learn.microsoft.com/azure/azure-monitor/alerts/alerts-create-log-alert-rule). */
const forbidden = /\b(pivot|bag_unpack|narrow|AggregatedValue|ago)\b/;

export const queriesSuitAlerts: Check = (infrastructure) =>
  queries(infrastructure).flatMap(([where, text]) => {
    const [, word] = forbidden.exec(text.replaceAll(/\/\/.*$/gm, '')) ?? [];
    return word === undefined ? [] : [{ where, problem: `${word} is not for alerts` }];
  });

/** Each query is used, and nothing of the form `__NAME__` is left in what is deployed. */
export const queriesAreUsedAndFilledIn: Check = (infrastructure) => {
  const templates = [...infrastructure.project.texts]
    .filter(([path]) => path.endsWith('.bicep'))
    .map(([, text]) => text)
    .join('\n');
  const unused = queries(infrastructure)
    .filter(([path]) => !templates.includes(path.replace('infra/', '../')))
    .map(([where]) => ({ where, problem: 'is used by no rule and no workbook' }));
  const unfilled = deployed(infrastructure).flatMap(({ where, body }) => {
    const [token] = /__[A-Z_]+__/.exec(textOf(valueAt(body, 'properties') ?? '')) ?? [];
    return token === undefined ? [] : [{ where, problem: `${token} is not filled in` }];
  });
  return distinct([...unused, ...unfilled]);
};

const MISUSE = 'infra/kql/graph-misuse.kql';
const device = '/v1.0/deviceManagement/managedDevices/00000000-0000-4000-8000-000000000001';

/** Calls that must be reported, whatever else may pass. */
const misuse = [
  `POST ${device}/wipe`,
  `POST ${device}/retire`,
  `POST ${device}/syncDevice/wipe`,
  `DELETE ${device}`,
  `PATCH ${device}`,
  'GET /v1.0/users',
];

/** The app's own calls are not reported, and calls that it never makes are. */
export const misuseIsToldFromUse: Check = (infrastructure) => {
  const rules = textAt(infrastructure, MISUSE).matchAll(
    /not\(RequestMethod == "(\w+)" and Path matches regex @"([^"]+)"/g,
  );
  const own = [...rules].map(([, method = '', path = '']) => ({ method, path: new RegExp(path) }));
  const passes = (call: string) => {
    const [method = '', path = ''] = call.split(' ');
    return own.some((rule) => rule.method === method && rule.path.test(path.toLowerCase()));
  };
  const { commands } = infrastructure.code;
  return [
    ...commands.filter((call) => !passes(call)).map((call) => `reports the app's own ${call}`),
    ...misuse.filter(passes).map((call) => `lets ${call} pass`),
  ].map((problem) => ({ where: MISUSE, problem }));
};
