import { type Check, deployed, distinct, valueAt } from '../infrastructure.ts';
import { isList } from '../../../../dev/bicep/values.ts';
import { differs, requires } from './require.ts';

const SITE = 'Microsoft.Web/sites';
const PASSWORDS = 'Microsoft.Web/sites/basicPublishingCredentialsPolicies';

/** The baseline: learn.microsoft.com/azure/azure-functions/security-baseline */

export const siteIsEncrypted = requires(SITE, {
  'properties.httpsOnly': true,
  'properties.siteConfig.minTlsVersion': '1.2',
  'properties.siteConfig.scmMinTlsVersion': '1.2',
  'properties.siteConfig.remoteDebuggingEnabled': false,
});

export const noPublishingPasswords: Check = (infrastructure) => [
  ...requires(PASSWORDS, { 'properties.allow': false }, 'ftp')(infrastructure),
  ...requires(PASSWORDS, { 'properties.allow': false }, 'scm')(infrastructure),
];

export const storageHasNoKeys = requires('Microsoft.Storage/storageAccounts', {
  'properties.allowSharedKeyAccess': false,
  'properties.allowBlobPublicAccess': false,
  'properties.allowCrossTenantReplication': false,
  'properties.defaultToOAuthAuthentication': true,
  'properties.minimumTlsVersion': 'TLS1_2',
  'properties.supportsHttpsTrafficOnly': true,
});

export const telemetryTakesTokensOnly: Check = (infrastructure) => [
  ...requires('Microsoft.Insights/components', { 'properties.DisableLocalAuth': true })(
    infrastructure,
  ),
  ...requires('Microsoft.OperationalInsights/workspaces', {
    'properties.features.disableLocalAuth': true,
  })(infrastructure),
];

export const hasAUserAssignedIdentity = requires(SITE, {
  'identity.type': 'UserAssigned',
  'properties.functionAppConfig.deployment.storage.authentication.type': 'UserAssignedIdentity',
});

/** No browser calls the API, so no origin is let in. */
export const letsInNoOrigin: Check = (infrastructure) =>
  distinct(
    deployed(infrastructure, SITE)
      .filter(({ body }) => valueAt(body, 'properties.siteConfig.cors') !== undefined)
      .map(({ where }) => ({ where, problem: 'properties.siteConfig.cors must not be set' })),
  );

/** With Entra ID, App Service turns away whoever has no token, except on routes that are open. */
export const entraIsEnforced: Check = (infrastructure) =>
  distinct(
    deployed(infrastructure, 'Microsoft.Web/sites/config')
      .filter(({ name }) => name === 'authsettingsV2')
      .flatMap(({ where, body, scenario: { parameters } }) => {
        const usesEntra = parameters['entraClientId'] !== undefined;
        const isRequired = usesEntra && parameters['allowFunctionKeys'] !== true;
        const wanted = {
          'properties.platform.enabled': usesEntra,
          'properties.globalValidation.requireAuthentication': isRequired,
          'properties.globalValidation.unauthenticatedClientAction': isRequired
            ? 'Return401'
            : 'AllowAnonymous',
          'properties.httpSettings.requireHttps': true,
          'properties.login.tokenStore.enabled': false,
        };
        return Object.entries(wanted).flatMap(([path, value]) =>
          differs(where, path, valueAt(body, path), value),
        );
      }),
  );

/** A way to name a key in a template, in its text or in a function. */
const keys =
  /\blist(?:Keys|AccountSas|ServiceSas|Secrets)\b|AccountKey=|SharedAccessSignature|\?code=/;

export const namesNoKeys: Check = ({ project }) =>
  [...project.texts]
    .filter(([path]) => path.endsWith('.bicep'))
    .flatMap(([path, text]) =>
      text.split('\n').flatMap((line, i) => {
        const [key] = keys.exec(line) ?? [];
        return key === undefined ? [] : [{ where: `${path}:${i + 1}`, problem: `${key} is a key` }];
      }),
    );

/** What a deployment outputs can be read by whoever reads the deployment. */
export const outputsNoSecrets: Check = ({ project }) =>
  [...project.bicep.values()].flatMap(({ path, parameters, outputs }) => {
    const secure = parameters.filter(({ decorators }) => decorators.has('secure'));
    return outputs
      .filter(
        ({ name, value }) =>
          /secret|password|connectionstring/i.test(name) ||
          secure.some((parameter) => JSON.stringify(value).includes(`"${parameter.name}"`)),
      )
      .map(({ name, line }) => ({
        where: `${path}:${line}`,
        problem: `the output ${name} tells a secret`,
      }));
  });

/** Addresses that carry a secret are secure parameters all the way down. */
export const keepsSecretsSecure: Check = ({ project }) =>
  [...project.bicep.values()].flatMap(({ path, parameters }) =>
    parameters
      .filter(
        ({ name, decorators }) =>
          /webhook|secret|password/i.test(name) && !decorators.has('secure'),
      )
      .map(({ name, line }) => ({
        where: `${path}:${line}`,
        problem: `${name} must be @secure()`,
      })),
  );

/** Only these addresses may call, once any is named. */
export const restrictionsDenyTheRest: Check = (infrastructure) =>
  distinct(
    deployed(infrastructure, SITE)
      .filter(({ scenario: { parameters } }) => isList(parameters['allowedIpRanges']))
      .flatMap(({ where, body }) => {
        const config = 'properties.siteConfig.ipSecurityRestrictions';
        const rules = valueAt(body, config);
        const admitted = isList(rules) ? rules.map((rule) => valueAt(rule, 'ipAddress')) : [];
        return [
          ...differs(
            where,
            `${config}DefaultAction`,
            valueAt(body, `${config}DefaultAction`),
            'Deny',
          ),
          ...(admitted.includes('ActionGroup')
            ? []
            : [{ where, problem: `${config} must admit the service tag ActionGroup` }]),
        ];
      }),
  );
