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
