/**
 * Microsoft Graph's root by cloud (learn.microsoft.com/graph/deployments). A token for a cloud is
 * issued for the same address.
 */
export const graphClouds = {
  public: 'https://graph.microsoft.com',
  usGov: 'https://graph.microsoft.us',
  usGovDoD: 'https://dod-graph.microsoft.us',
  china: 'https://microsoftgraph.chinacloudapi.cn',
} as const;

export type GraphCloud = keyof typeof graphClouds;

/**
 * Clouds in which bulk calls are offered. They exist in Graph's beta version only, which Microsoft
 * documents for the global service first; where nobody has seen them work they are refused at the
 * start, not after thousands of devices.
 */
export const bulkClouds: readonly GraphCloud[] = ['public'];
