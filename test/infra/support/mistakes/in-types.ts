import type { Mistake } from '../mutate.ts';
import { app, storage, access, alertRules, authentication, monitoring, network } from './paths.ts';

/** Mistakes in resources: what Azure Resource Manager would refuse. */
export const mistakesInTypes: readonly Mistake[] = [
  {
    mistake: 'a property does not exist',
    file: storage,
    from: 'allowSharedKeyAccess: false',
    to: 'allowSharedKeyAccess: false\n    sharedKeys: false',
    where: storage,
    caught: 'properties.sharedKeys does not exist',
  },
  {
    mistake: 'a property is a text and should be a truth value',
    file: monitoring,
    from: 'DisableLocalAuth: true',
    to: "DisableLocalAuth: 'true'",
    where: monitoring,
    caught: 'properties.DisableLocalAuth must be bool, not string',
  },
  {
    mistake: 'a value is not of the enumeration',
    file: 'infra/modules/locks.bicep',
    from: "level: 'CanNotDelete'",
    to: "level: 'NoDelete'",
    where: 'infra/modules/locks.bicep',
    caught: 'properties.level must be one of',
  },
  {
    mistake: 'a required property is missing',
    file: access,
    from: '    principalId: principalId\n    principalType',
    to: '    principalType',
    where: access,
    caught: 'properties.principalId is missing',
  },
  {
    mistake: 'a property can only be read',
    file: app,
    from: 'httpsOnly: true',
    to: "httpsOnly: true\n    defaultHostName: 'example.com'",
    where: app,
    caught: 'properties.defaultHostName is read-only',
  },
  {
    mistake: 'a configuration has a name that does not exist',
    file: authentication,
    from: "name: 'authsettingsV2'",
    to: "name: 'authsettingsV3'",
    where: authentication,
    caught: 'name must be one of',
  },
  {
    mistake: 'an API version does not exist',
    file: network,
    from: 'privateDnsZones@2024-06-01',
    to: 'privateDnsZones@2024-06-31',
    where: network,
    caught: 'is not described',
  },
  {
    mistake: 'a threshold is a fraction, which Bicep does not have',
    file: alertRules,
    from: 'threshold: 1\n',
    to: "threshold: '0.5'\n",
    where: alertRules,
    caught: 'threshold must be int, not string',
  },
];
