import { evaluateTemplate } from '../../../../dev/bicep/evaluate-template.ts';
import { clouds } from '../../../../dev/bicep/clouds.ts';
import type { Finding } from '../../../../dev/bicep/finding.ts';
import { isList, textOf } from '../../../../dev/bicep/values.ts';
import { type Check, type Infrastructure, deployed, distinct, valueAt } from '../infrastructure.ts';
import { differs } from './require.ts';

/** learn.microsoft.com/azure/role-based-access-control/built-in-roles: each role and what it may apply to. */
const allowedRoles: Readonly<Record<string, string>> = {
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b': 'Microsoft.Storage/storageAccounts',
  '974c5e8b-45b9-4653-ba55-5f855dd0fb88': 'Microsoft.Storage/storageAccounts',
  '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3': 'Microsoft.Storage/storageAccounts',
  '3913510d-42f4-4e42-8a64-420c390055eb': 'Microsoft.Insights/components',
};

/** The roles the app needs, all of them, each on one resource, none besides. */
export const leastPrivilegeInAzure: Check = (infrastructure) => {
  const assignments = deployed(infrastructure, 'Microsoft.Authorization/roleAssignments');
  const granted = assignments.map(({ body, where, scope }) => ({
    where,
    role:
      textOf(valueAt(body, 'properties.roleDefinitionId') ?? '')
        .split('/')
        .at(-1) ?? '',
    on: scope?.type ?? 'the resource group',
  }));
  const wrong = granted
    .filter(({ role, on }) => allowedRoles[role] !== on)
    .map(({ where, role, on }) => ({ where, problem: `the role ${role} on ${on} is not allowed` }));
  const missing = Object.keys(allowedRoles)
    .filter((id) => !granted.some(({ role }) => role === id))
    .map((id) => ({ where: 'infra/modules/access.bicep', problem: `the role ${id} is missing` }));
  return distinct([...wrong, ...missing]);
};

const GRAPH = 'infra/graph-permissions.bicep';

/** The permissions on Graph are those the code needs: for sync alone, and with each feature. */
export const leastPrivilegeOnGraph: Check = (infrastructure) => {
  const features = Object.keys(infrastructure.code.roles).filter((name) => name !== 'sync');
  return distinct(
    [[], ...features.map((name) => [name]), features].flatMap((chosen) =>
      compareGrants(infrastructure, chosen),
    ),
  );
};

function compareGrants({ project, code }: Infrastructure, features: readonly string[]): Finding[] {
  const parameters = { principalId: 'principal', features };
  const { outputs, findings, resources } = evaluateTemplate(
    project,
    GRAPH,
    parameters,
    clouds.public,
  );
  const grants = resources.filter(({ symbol }) => symbol === 'grants').length;
  const graph = resources.find(({ symbol }) => symbol === 'graph');
  const granted = isList(outputs['granted']) ? outputs['granted'].map(textOf) : [];
  const needed = ['sync', ...features].flatMap((name) => code.roles[name] ?? []);
  const problems = [
    ...granted.filter((role) => !needed.includes(role)).map((role) => `${role} is not needed`),
    ...needed.filter((role) => !granted.includes(role)).map((role) => `${role} is missing`),
    ...(grants === granted.length ? [] : [`it grants ${grants} roles and names ${granted.length}`]),
  ];
  return [
    ...findings,
    ...problems.map((problem) => ({ where: GRAPH, problem })),
    ...differs(GRAPH, 'appId', valueAt(graph?.body, 'appId'), code.graphAppId),
  ];
}

/** Whoever deploys the app must not need the right to grant permissions. */
export const grantsOnGraphApart: Check = (infrastructure) => [
  ...deployed(infrastructure)
    .filter(({ type }) => type.startsWith('Microsoft.Graph/'))
    .map(({ where, type }) => ({ where, problem: `${type} belongs to ${GRAPH}` })),
  ...[...infrastructure.project.texts]
    .filter(([path, text]) => path.endsWith('.bicep') && text.includes('passwordCredentials'))
    .map(([path]) => ({ where: path, problem: 'makes a password' })),
];
