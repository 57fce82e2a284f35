import { betaClouds, graphClouds } from '../core/graph-clouds.ts';
import type { Settings } from '../schemas/settings-schema.ts';

/** Where Microsoft Graph is. */
export interface GraphConfig {
  /** Where requests go, without a version. */
  readonly endpoint: string;
  /** What tokens are issued for. */
  readonly resource: string;
  /** Whether Graph's beta version is used there. */
  readonly isBetaOffered: boolean;
}

/** Graph of the cloud, or what stands in for it on the developer's machine. */
export function graphOf({ GRAPH_CLOUD: cloud, GRAPH_ENDPOINT: endpoint }: Settings): GraphConfig {
  const resource = graphClouds[cloud];
  return { endpoint: endpoint ?? resource, resource, isBetaOffered: betaClouds.includes(cloud) };
}
