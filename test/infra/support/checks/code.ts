import type { Finding } from '../../../../dev/bicep/finding.ts';
import { isList, textOf } from '../../../../dev/bicep/values.ts';
import { type Check, type Infrastructure, deployed, distinct, valueAt } from '../infrastructure.ts';
import { routePrefix } from './host-json.ts';

/** The queues of the code and their poison queues, and no others. */
export const queuesAreTheCodes: Check = (infrastructure) => {
  const wanted = infrastructure.code.queues.flatMap((name) => [name, `${name}-poison`]);
  return compareNames(
    infrastructure,
    'Microsoft.Storage/storageAccounts/queueServices/queues',
    wanted,
  );
};

export const tablesAreTheCodes: Check = (infrastructure) =>
  compareNames(
    infrastructure,
    'Microsoft.Storage/storageAccounts/tableServices/tables',
    infrastructure.code.tables,
  );

function compareNames(
  infrastructure: Infrastructure,
  type: string,
  wanted: readonly string[],
): Finding[] {
  const resources = deployed(infrastructure, type);
  const names = resources.map(({ name }) => name);
  return distinct([
    ...wanted
      .filter((name) => !names.includes(name))
      .map((name) => ({ where: 'infra', problem: `${name} is used by the code and not deployed` })),
    ...resources
      .filter(({ name }) => !wanted.includes(name))
      .map(({ where, name }) => ({
        where,
        problem: `${name} is deployed and not used by the code`,
      })),
  ]);
}

/** Alerts are delivered to a route that takes them. */
export const alertsReachTheirRoute: Check = (infrastructure) => {
  const routes = infrastructure.code.routes
    .filter(({ method }) => method === 'POST')
    .map(({ path }) => `/${routePrefix(infrastructure)}${path}`);
  return distinct(
    deployed(infrastructure, 'Microsoft.Insights/actionGroups').flatMap(({ where, body }) => {
      const receivers = valueAt(body, 'properties.webhookReceivers');
      return (isList(receivers) ? receivers : []).flatMap((receiver) => {
        const url = textOf(valueAt(receiver, 'serviceUri') ?? '');
        const path = url.replace(/^https:\/\/[^/]*/, '');
        return routes.includes(path)
          ? []
          : [{ where, problem: `no function answers POST ${path}` }];
      });
    }),
  );
};

/** Routes that App Service lets everybody through to are those that the app opens to everybody. */
export const openRoutesAreTheCodes: Check = (infrastructure) => {
  const open = infrastructure.code.routes
    .filter(({ isOpen }) => isOpen)
    .map(({ path }) => `/${routePrefix(infrastructure)}${path}`);
  return distinct(
    deployed(infrastructure, 'Microsoft.Web/sites/config')
      .filter(({ name }) => name === 'authsettingsV2')
      .flatMap(({ where, body }) => {
        const excluded = valueAt(body, 'properties.globalValidation.excludedPaths');
        const paths = isList(excluded) ? excluded.map(textOf) : [];
        return [
          ...open.filter((path) => !paths.includes(path)).map((path) => `${path} must be open`),
          ...paths.filter((path) => !open.includes(path)).map((path) => `${path} must not be open`),
        ].map((problem) => ({ where, problem }));
      }),
  );
};
