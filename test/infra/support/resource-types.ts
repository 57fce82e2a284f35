import type { BicepProject } from '../../../dev/bicep/project.ts';
import { type ResourceType, parseResourceType } from '../../../dev/bicep/resource-types.ts';
import { conformance } from '../../support/conformance.ts';

/**
 * The published descriptions of the types that a project deploys, by `type@apiVersion`.
 *
 * @returns `undefined` where that data is not beside the project
 */
export function publishedTypes({
  bicep,
}: BicepProject): ReadonlyMap<string, ResourceType> | undefined {
  if (conformance('bicep-types/_apiVersions.json') === undefined) return undefined;
  const used = [...bicep.values()].flatMap(({ resources }) => resources.map(({ of }) => of));
  return new Map(
    [...new Set(used)].flatMap((name): [string, ResourceType][] => {
      const data = conformance(`bicep-types/${name.replaceAll('/', '_')}.json`);
      return data === undefined ? [] : [[name, parseResourceType(data)]];
    }),
  );
}
