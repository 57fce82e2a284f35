import type { GraphCloud } from './graph-clouds.ts';

/**
 * Where Entra ID is in each cloud: the authority that issues tokens of version 2 and publishes its
 * keys, and the issuer of tokens of version 1
 * (learn.microsoft.com/entra/identity-platform/authentication-national-cloud and
 * access-token-claims-reference; learn.microsoft.com/answers/questions/1190472 for version 1).
 */
const entraClouds: Readonly<Record<GraphCloud, { authority: string; issuerOfV1: string }>> = {
  public: {
    authority: 'https://login.microsoftonline.com',
    issuerOfV1: 'https://sts.windows.net',
  },
  usGov: {
    authority: 'https://login.microsoftonline.us',
    issuerOfV1: 'https://sts.windows.net',
  },
  usGovDoD: {
    authority: 'https://login.microsoftonline.us',
    issuerOfV1: 'https://sts.windows.net',
  },
  china: {
    authority: 'https://login.partner.microsoftonline.cn',
    issuerOfV1: 'https://sts.chinacloudapi.cn',
  },
};

/**
 * The issuers of a tenant's tokens. An app registration says which version it gets; both are signed
 * with the same keys.
 *
 * @param tenantId in lower case
 */
export function entraIssuers(cloud: GraphCloud, tenantId: string): string[] {
  const { authority, issuerOfV1 } = entraClouds[cloud];
  return [`${authority}/${tenantId}/v2.0`, `${issuerOfV1}/${tenantId}/`];
}

/** Where a tenant's signing keys are published. @param tenantId in lower case */
export function entraKeysUri(cloud: GraphCloud, tenantId: string): string {
  return `${entraClouds[cloud].authority}/${tenantId}/discovery/v2.0/keys`;
}
