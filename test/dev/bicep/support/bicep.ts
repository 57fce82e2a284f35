import { clouds } from '../../../../dev/bicep/clouds.ts';
import { type Deployment, evaluateTemplate } from '../../../../dev/bicep/evaluate-template.ts';
import { createParser } from '../../../../dev/bicep/parser.ts';
import { type BicepProject, readProject } from '../../../../dev/bicep/project.ts';
import type { BicepFile } from '../../../../dev/bicep/syntax.ts';
import type { Value, ValueObject } from '../../../../dev/bicep/values.ts';

const parse = await createParser();

/** A project of these texts by path. */
export function project(texts: Readonly<Record<string, string>>): BicepProject {
  return readProject(parse, new Map(Object.entries(texts)));
}

/** A file that has no error. */
export function file(text: string): BicepFile {
  const { bicep, findings } = project({ 'main.bicep': text });
  const [read] = bicep.values();
  if (read === undefined) throw new Error(JSON.stringify(findings));
  return read;
}

/** What a template deploys, with modules and other files beside it. */
export function deploy(
  text: string,
  parameters: ValueObject = {},
  beside: Readonly<Record<string, string>> = {},
): Deployment {
  const all = project({ ...beside, 'main.bicep': text });
  return evaluateTemplate(all, 'main.bicep', parameters, clouds.public);
}

/** The value of an expression, with declarations before it. */
export function valueOf(expression: string, declarations = ''): Value | undefined {
  const { outputs, findings } = deploy(`${declarations}\noutput it object = ${expression}\n`);
  const other = findings.filter(({ problem }) => !problem.startsWith('it must be'));
  if (other.length > 0) throw new Error(JSON.stringify(other));
  return outputs['it'];
}
