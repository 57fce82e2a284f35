import { checkResource } from '../../../../dev/bicep/check-resource.ts';
import { findUndeclared } from '../../../../dev/bicep/find-undeclared.ts';
import { type Check, MAIN, deployed, distinct, textAt } from '../infrastructure.ts';

/** Checks that any project in Bicep would have. */

export const isBicep: Check = ({ project }) => [...project.findings];

export const declaresWhatItUses: Check = ({ project }) =>
  [...project.bicep.values()].flatMap(findUndeclared);

export const evaluates: Check = ({ deployments }) =>
  distinct(deployments.flatMap(({ deployment }) => deployment.findings));

export const fitsPublishedTypes: Check = (infrastructure) => {
  const { types } = infrastructure;
  if (types === undefined) return [];
  return distinct(
    deployed(infrastructure).flatMap((resource) => {
      const { where, type, apiVersion } = resource;
      const known = types.get(`${type}@${apiVersion}`);
      return known === undefined
        ? [{ where, problem: `${type}@${apiVersion} is not described, so it cannot be checked` }]
        : checkResource(resource, known);
    }),
  );
};

/** A resource that no way of deploying reaches would escape every other check. */
export const everyResourceIsReached: Check = ({ project, deployments }) => {
  const reached = new Set(
    deployments.flatMap(({ deployment }) => deployment.resources.map(({ where }) => where)),
  );
  return [...project.bicep.values()]
    .filter(({ path }) => path !== 'infra/graph-permissions.bicep')
    .flatMap(({ path, resources }) => resources.map(({ line }) => `${path}:${line}`))
    .filter((where) => !reached.has(where))
    .map((where) => ({ where, problem: 'no way of deploying that is checked reaches this' }));
};

/** Names in the parameters file that the template does not have, or lacks. */
export const parametersFileFits: Check = (infrastructure) => {
  const path = 'infra/main.parameters.json';
  const { parameters = {} } = JSON.parse(textAt(infrastructure, path)) as {
    parameters?: Record<string, unknown>;
  };
  const declared = infrastructure.project.bicep.get(MAIN)?.parameters ?? [];
  const names = declared.map(({ name }) => name);
  const unknown = Object.keys(parameters)
    .filter((name) => !names.includes(name))
    .map((name) => `${MAIN} has no parameter ${name}`);
  const missing = declared
    .filter(({ name, fallback }) => fallback === undefined && !(name in parameters))
    .map(({ name }) => `${MAIN} needs the parameter ${name}`);
  return [...unknown, ...missing].map((problem) => ({ where: path, problem }));
};

const DOCUMENTATION = 'docs/infrastructure.md';

/** The table of parameters names each, and none that is gone. */
export const parametersAreDocumented: Check = (infrastructure) => {
  const [, table = ''] =
    /^## Parameters$([^]*?)^## /m.exec(textAt(infrastructure, DOCUMENTATION)) ?? [];
  const named = [...table.matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
  );
  const declared = infrastructure.project.bicep.get(MAIN)?.parameters.map(({ name }) => name) ?? [];
  return [
    ...declared.filter((name) => !named.includes(name)).map((name) => `${name} is not documented`),
    ...named.filter((name) => !declared.includes(name)).map((name) => `${name} is no parameter`),
  ].map((problem) => ({ where: DOCUMENTATION, problem }));
};
