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
 * Clouds in which Graph's beta version is used: bulk calls and some commands exist only there.
 * Microsoft documents it for the global service first; where nobody has seen it work it is refused at
 * the start, not after thousands of devices.
 */
export const betaClouds: readonly GraphCloud[] = ['public'];
