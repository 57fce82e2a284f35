import { type Deployment, evaluateTemplate } from '../../../dev/bicep/evaluate-template.ts';
import type { EvaluatedResource } from '../../../dev/bicep/evaluate-resource.ts';
import type { Finding } from '../../../dev/bicep/finding.ts';
import type { Parse } from '../../../dev/bicep/parser.ts';
import { type BicepProject, readProject } from '../../../dev/bicep/project.ts';
import type { ResourceType } from '../../../dev/bicep/resource-types.ts';
import { RuntimeValue, type Value, isList, isObject } from '../../../dev/bicep/values.ts';
import type { CodeFacts } from './code-facts.ts';
import { type Scenario, scenarios } from './scenarios.ts';

/** Everything that is checked: the files, what they would deploy, and what the code says. */
export interface Infrastructure {
  readonly project: BicepProject;
  readonly deployments: readonly { readonly scenario: Scenario; readonly deployment: Deployment }[];
  readonly code: CodeFacts;
  /** Published resource types by `type@apiVersion`; `undefined` where they are not at hand. */
  readonly types: ReadonlyMap<string, ResourceType> | undefined;
}

export type Check = (infrastructure: Infrastructure) => Finding[];

/** The template that is deployed. */
export const MAIN = 'infra/main.bicep';

export function readInfrastructure(
  parse: Parse,
  texts: ReadonlyMap<string, string>,
  { code, types }: Pick<Infrastructure, 'code' | 'types'>,
): Infrastructure {
  const project = readProject(parse, texts);
  const deployments = scenarios.map((scenario) => ({
    scenario,
    deployment: evaluateTemplate(project, MAIN, scenario.parameters, scenario.cloud),
  }));
  return { project, deployments, code, types };
}

/** A resource that is deployed, and the way of deploying that does. */
export interface Deployed extends EvaluatedResource {
  readonly scenario: Scenario;
}

/** Resources of a type in every way to deploy, referred to ones left out. */
export function deployed({ deployments }: Infrastructure, type?: string): Deployed[] {
  return deployments.flatMap(({ scenario, deployment }) =>
    deployment.resources
      .filter((resource) => !resource.isExisting)
      .filter((resource) => type === undefined || resource.type === type)
      .map((resource) => ({ ...resource, scenario })),
  );
}

/** A value inside another by its path: `properties.siteConfig.minTlsVersion`. */
export function valueAt(value: Value | undefined, path: string): Value | undefined {
  const [head = '', ...rest] = path.split('.');
  if (value instanceof RuntimeValue) return value;
  const inner = isList(value) ? value[Number(head)] : isObject(value) ? value[head] : undefined;
  return rest.length === 0 ? inner : valueAt(inner, rest.join('.'));
}

/** Finds a problem once, however many ways of deploying have it. */
export function distinct(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((found) => [`${found.where} ${found.problem}`, found])).values()];
}

/** The text of a file of the project; empty when it is missing, which another check reports. */
export function textAt({ project }: Infrastructure, path: string): string {
  return project.texts.get(path) ?? '';
}
