import { type Check, deployed, distinct, valueAt } from '../infrastructure.ts';
import { isObject } from '../../../../dev/bicep/values.ts';
import { requires } from './require.ts';

/**
 * Settings that Flex Consumption ignores or refuses
 * (learn.microsoft.com/azure/azure-functions/functions-app-settings, "Flex Consumption plan deprecations").
 */
const forbiddenSettings = [
  /^FUNCTIONS_EXTENSION_VERSION$/,
  /^FUNCTIONS_WORKER_RUNTIME/,
  /^FUNCTIONS_WORKER_PROCESS_COUNT$/,
  /^FUNCTIONS_MAX_HTTP_CONCURRENCY$/,
  /^ENABLE_ORYX_BUILD$/,
  /^SCM_DO_BUILD_DURING_DEPLOYMENT$/,
  /^TZ$/,
  // The platform sets these itself.
  /^WEBSITE_/,
];

const forbiddenSite = [
  'properties.containerSize',
  'properties.vnetRouteAllEnabled',
  'properties.vnetImagePullEnabled',
  'properties.vnetContentShareEnabled',
  'properties.siteConfig.alwaysOn',
  'properties.siteConfig.linuxFxVersion',
  'properties.siteConfig.functionAppScaleLimit',
  'properties.siteConfig.ftpsState',
  'properties.siteConfig.appSettings',
];

export const isFlexConsumption = requires('Microsoft.Web/serverfarms', {
  'sku.name': 'FC1',
  'sku.tier': 'FlexConsumption',
  'properties.reserved': true,
});

/** Nothing is set that the plan forbids. */
export const setsNothingForbidden: Check = (infrastructure) => {
  const sites = deployed(infrastructure, 'Microsoft.Web/sites').flatMap(({ where, body }) =>
    forbiddenSite
      .filter((path) => valueAt(body, path) !== undefined)
      .map((path) => ({ where, problem: `Flex Consumption forbids ${path}` })),
  );
  const settings = deployed(infrastructure, 'Microsoft.Web/sites/config')
    .filter(({ name }) => name === 'appsettings')
    .flatMap(({ where, body }) =>
      Object.keys(isObject(body['properties']) ? body['properties'] : {})
        .filter((name) => forbiddenSettings.some((pattern) => pattern.test(name)))
        .map((name) => ({ where, problem: `Flex Consumption forbids the setting ${name}` })),
    );
  return distinct([...sites, ...settings]);
};
