import { expect, it } from 'vitest';
import { entraIssuers, entraKeysUri } from '../../src/core/entra-clouds.ts';

const tenant = '11111111-1111-4111-8111-111111111111';

it.each([
  ['public', 'https://login.microsoftonline.com', 'https://sts.windows.net'],
  ['usGov', 'https://login.microsoftonline.us', 'https://sts.windows.net'],
  ['usGovDoD', 'https://login.microsoftonline.us', 'https://sts.windows.net'],
  ['china', 'https://login.partner.microsoftonline.cn', 'https://sts.chinacloudapi.cn'],
] as const)('tokens of the cloud %s come from %s, or %s in version 1', (cloud, authority, sts) => {
  expect(entraIssuers(cloud, tenant)).toEqual([`${authority}/${tenant}/v2.0`, `${sts}/${tenant}/`]);
  expect(entraKeysUri(cloud, tenant)).toBe(`${authority}/${tenant}/discovery/v2.0/keys`);
});
