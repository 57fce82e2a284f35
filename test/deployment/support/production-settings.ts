import { createParser } from '../../../dev/bicep/parser.ts';
import { evaluateTemplate } from '../../../dev/bicep/evaluate-template.ts';
import { clouds } from '../../../dev/bicep/clouds.ts';
import { readProject } from '../../../dev/bicep/project.ts';
import { isObject, textOf } from '../../../dev/bicep/values.ts';
import { readProjectFiles } from '../../infra/support/project-files.ts';

/**
 * The app's settings as the infrastructure sets them by default. What only Azure knows, an address
 * or a client id, stands as `<…>`.
 */
export async function productionSettings(): Promise<Record<string, string>> {
  const project = readProject(await createParser(), readProjectFiles());
  const parameters = { environmentName: 'test', location: 'westeurope' };
  const { resources } = evaluateTemplate(project, 'infra/main.bicep', parameters, clouds.public);
  const settings = resources.find(({ name }) => name === 'appsettings')?.body['properties'];
  const entries = Object.entries(isObject(settings) ? settings : {});
  return Object.fromEntries(entries.map(([name, value]) => [name, textOf(value)]));
}
