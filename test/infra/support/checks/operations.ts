import { type Check, deployed, distinct, textAt, valueAt } from '../infrastructure.ts';
import { textOf } from '../../../../dev/bicep/values.ts';
import { differs } from './require.ts';

const DIAGNOSTICS = 'Microsoft.Insights/diagnosticSettings';

/** What must be logged to the workspace, by the kind of resource and in which categories. */
const logged: readonly (readonly [type: string, category: string])[] = [
  ['Microsoft.Web/sites', 'FunctionAppLogs'],
  ['Microsoft.Storage/storageAccounts/queueServices', 'StorageWrite'],
  ['Microsoft.Storage/storageAccounts/blobServices', 'StorageWrite'],
  ['Microsoft.Storage/storageAccounts/blobServices', 'StorageDelete'],
];

export const logsWhatMatters: Check = (infrastructure) => {
  const settings = deployed(infrastructure, DIAGNOSTICS);
  const missing = logged
    .filter(
      ([type, category]) =>
        !settings.some(
          ({ scope, body }) =>
            scope?.type === type &&
            textOf(valueAt(body, 'properties.logs') ?? '').includes(`"${category}"`),
        ),
    )
    .map(([type, category]) => ({
      where: 'infra',
      problem: `${category} of ${type} is not logged`,
    }));
  const polls = settings
    .filter(({ body }) => textOf(body).includes('"StorageRead"'))
    .map(({ where }) => ({ where, problem: 'StorageRead logs every poll of a queue' }));
  return distinct([...missing, ...polls]);
};

/** A virtual network leaves no public way to storage, and a private one to each service. */
export const networkIsPrivate: Check = (infrastructure) =>
  infrastructure.deployments
    .filter(({ scenario }) => scenario.parameters['useVirtualNetwork'] === true)
    .flatMap(({ deployment: { resources } }) => {
      const own = resources.filter(({ isExisting }) => !isExisting);
      const account = own.find(({ type }) => type === 'Microsoft.Storage/storageAccounts');
      const site = own.find(({ type }) => type === 'Microsoft.Web/sites');
      const endpoints = own.filter(({ type }) => type === 'Microsoft.Network/privateEndpoints');
      const reached = endpoints.map(({ body }) => textOf(body));
      const where = account?.where ?? 'infra';
      const subnet = valueAt(site?.body, 'properties.virtualNetworkSubnetId');
      return [
        ...differs(
          where,
          'publicNetworkAccess',
          valueAt(account?.body, 'properties.publicNetworkAccess'),
          'Disabled',
        ),
        ...differs(
          where,
          'networkAcls.defaultAction',
          valueAt(account?.body, 'properties.networkAcls.defaultAction'),
          'Deny',
        ),
        ...['blob', 'queue', 'table']
          .filter((service) => !reached.some((body) => body.includes(`"groupIds":["${service}"]`)))
          .map((service) => ({ where, problem: `there is no private endpoint of ${service}` })),
        ...(typeof subnet === 'string'
          ? []
          : [{ where: site?.where ?? 'infra', problem: 'the app is in no subnet' }]),
      ];
    });

export const locksWhatIsIrreplaceable: Check = (infrastructure) =>
  infrastructure.deployments
    .filter(({ scenario }) => scenario.parameters['lockResources'] === true)
    .flatMap(({ deployment: { resources } }) => {
      const locks = resources.filter(({ type }) => type === 'Microsoft.Authorization/locks');
      return [
        'Microsoft.Storage/storageAccounts',
        'Microsoft.ManagedIdentity/userAssignedIdentities',
      ]
        .filter((type) => !locks.some(({ scope }) => scope?.type === type))
        .map((type) => ({ where: 'infra/modules/locks.bicep', problem: `${type} is not locked` }));
    });

/** azd finds its environment by one tag and where to deploy by another, which names the service. */
export const azdFindsTheApp: Check = (infrastructure) => {
  const yaml = textAt(infrastructure, 'azure.yaml');
  const service = /^services:\n {2}(\w+):/m.exec(yaml)?.[1] ?? '';
  const host = /^ {4}host: (\w+)$/m.exec(yaml)?.[1] ?? '';
  const built = /^ {4}remoteBuild: (\w+)$/m.exec(yaml)?.[1] ?? '';
  const [module = '', folder = ''] = ['module', 'path'].map(
    (key) => new RegExp(`^ {2}${key}: (\\S+)$`, 'm').exec(yaml)?.[1],
  );
  return distinct([
    ...differs('azure.yaml', 'host', host, 'function'),
    // A bundle has no dependencies to install.
    ...differs('azure.yaml', 'remoteBuild', built, 'false'),
    ...differs('azure.yaml', 'infra', `${folder}/${module}.bicep`, 'infra/main.bicep'),
    ...deployed(infrastructure, 'Microsoft.Web/sites').flatMap(({ where, body }) =>
      differs(where, 'tags.azd-service-name', valueAt(body, 'tags.azd-service-name'), service),
    ),
    ...deployed(infrastructure)
      .filter(({ body }) => body['location'] !== undefined)
      .flatMap(({ where, body, scenario }) =>
        differs(
          where,
          'tags.azd-env-name',
          valueAt(body, 'tags.azd-env-name'),
          scenario.parameters['environmentName'] ?? '',
        ),
      ),
  ]);
};

/** Rules for names: learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules */
const nameRules: Readonly<Record<string, RegExp>> = {
  'Microsoft.Storage/storageAccounts': /^[a-z0-9]{3,24}$/,
  'Microsoft.Web/sites': /^[a-z0-9][a-z0-9-]{0,58}[a-z0-9]$/,
  'Microsoft.Storage/storageAccounts/queueServices/queues':
    /^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$/,
  'Microsoft.Storage/storageAccounts/tableServices/tables': /^[A-Za-z][A-Za-z0-9]{2,62}$/,
  'Microsoft.Insights/workbooks': /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  'Microsoft.Authorization/roleAssignments': /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
};

export const namesAreValid: Check = (infrastructure) =>
  distinct(
    deployed(infrastructure).flatMap(({ where, type, name, body }) => {
      const short = textOf(valueAt(body, 'properties.groupShortName') ?? '');
      return [
        ...(nameRules[type]?.test(name) === false ? [`${name} is no name of a ${type}`] : []),
        ...(short.length > 12 ? [`groupShortName has ${short.length} characters, 12 at most`] : []),
      ].map((problem) => ({ where, problem }));
    }),
  );

/** Two resources of one name and type would be one. */
export const namesAreUnique: Check = ({ deployments }) =>
  deployments.flatMap(({ deployment: { resources } }) => {
    const seen = new Set<string>();
    return resources
      .filter(({ isExisting }) => !isExisting)
      .filter(({ id, scope }) => seen.size === seen.add(`${scope?.id ?? ''}${id}`).size)
      .map(({ where, name }) => ({ where, problem: `${name} is deployed twice` }));
  });
