import { isObject, textOf } from '../../../../dev/bicep/values.ts';
import { ConfigError } from '../../../../src/config/config-error.ts';
import {
  type Check,
  type Deployed,
  type Infrastructure,
  deployed,
  distinct,
} from '../infrastructure.ts';
import { clientId } from '../scenarios.ts';

/** Settings that must not be set in Azure: they are for machines without a managed identity. */
const forDevelopment = ['AzureWebJobsStorage', 'GRAPH_ENDPOINT'];

/** Settings that the host reads, not the app. */
const forTheHost = [
  'AzureWebJobsStorage__blobServiceUri',
  'AzureWebJobsStorage__credential',
  'FUNCTIONS_NODE_BLOCK_ON_ENTRY_POINT_ERROR',
];

/** Settings that the platform sets, under names that begin with `WEBSITE_`. */
const ofThePlatform = { WEBSITE_HOSTNAME: 'app.azurewebsites.net' };

/** What the app needs to start at all; everything else has a default. */
const required = [
  'AzureWebJobsStorage__queueServiceUri',
  'AzureWebJobsStorage__tableServiceUri',
  'AzureWebJobsStorage__clientId',
  'AZURE_CLIENT_ID',
  'APPLICATIONINSIGHTS_CONNECTION_STRING',
  'APPLICATIONINSIGHTS_AUTHENTICATION_STRING',
];

function appSettings(infrastructure: Infrastructure): Deployed[] {
  return deployed(infrastructure, 'Microsoft.Web/sites/config').filter(
    ({ name }) => name === 'appsettings',
  );
}

/** The settings as the app would find them, with what Azure fills in. */
function environmentOf({ body }: Deployed): Record<string, string> {
  const settings = body['properties'];
  const entries = Object.entries(isObject(settings) ? settings : {});
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name,
      textOf(value)
        .replaceAll(/<[^<>]*\.primaryEndpoints\.(\w+)>/g, 'https://account.$1.core.windows.net/')
        .replaceAll(/<[^<>]*\.clientId>/g, clientId)
        .replaceAll(/<[^<>]*\.ConnectionString>/g, `InstrumentationKey=${clientId}`),
    ]),
  );
}

/** What the app reads is set, and what is set is read. */
export const setsWhatTheAppReads: Check = (infrastructure) => {
  const { settings } = infrastructure.code;
  const wanted = settings.filter(
    (name) => !forDevelopment.includes(name) && !name.startsWith('WEBSITE_'),
  );
  return distinct(
    appSettings(infrastructure).flatMap((resource) => {
      const names = Object.keys(environmentOf(resource));
      const problems = [
        ...wanted.filter((name) => !names.includes(name)).map((name) => `${name} is not set`),
        ...names
          .filter((name) => !wanted.includes(name) && !forTheHost.includes(name))
          .map((name) => `${name} is set, and the app does not read it`),
        ...forTheHost
          .filter((name) => !names.includes(name))
          .map((name) => `${name} is not set, and the host reads it`),
      ];
      return problems.map((problem) => ({ where: resource.where, problem }));
    }),
  );
};

/** The app starts with the settings of every way to deploy. */
export const setsWhatTheAppAccepts: Check = (infrastructure) =>
  distinct(
    appSettings(infrastructure).flatMap((resource) => {
      const config = infrastructure.code.configure({
        ...environmentOf(resource),
        ...ofThePlatform,
      });
      if (!(config instanceof ConfigError)) return [];
      return [{ where: resource.where, problem: `the app would not start: ${config.message}` }];
    }),
  );

/** A parameter's default is the app's own, so that the documentation of one holds for the other. */
export const defaultsAreTheApps: Check = (infrastructure) =>
  appSettings(infrastructure)
    .filter(({ scenario: { name } }) => name === 'by default')
    .flatMap((resource) => {
      const environment = environmentOf(resource);
      const least = Object.fromEntries(required.map((name) => [name, environment[name] ?? '']));
      const configure = (settings: Readonly<Record<string, string>>) =>
        JSON.stringify(
          infrastructure.code.configure({ ...settings, ...ofThePlatform }),
          undefined,
          1,
        );
      const mine = configure(environment).split('\n');
      const apps = configure(least).split('\n');
      const at = apps.findIndex((line, i) => line !== mine[i]);
      if (at === -1 && apps.length === mine.length) return [];
      const problem = `the app's default is ${apps[at]?.trim() ?? ''}, and here ${mine[at]?.trim() ?? ''}`;
      return [{ where: resource.where, problem }];
    });
