import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Environment } from '../settings/environment.ts';
import { parseHostJson } from '../settings/host-json.ts';
import type { HostSettings } from '../settings/host-json.ts';
import { parseLocalSettings } from '../settings/local-settings.ts';
import { readJsonFile } from '../settings/read-json-file.ts';
import { createAppEnvironment } from './app-environment.ts';
import { readAppPackage } from './app-package.ts';
import type { AppPackage } from './app-package.ts';

/** An app as its folder and the environment describe it. */
export interface AppDescription extends AppPackage {
  /** The environment of its processes, but for what depends on the port. */
  environment: Environment;
  hostSettings: HostSettings;
  /** The setting LOCAL_FUNCTION_KEY; absent: nobody chose one. */
  chosenKey?: string;
  /** NODE_EXTRA_CA_CERTS of local.settings.json, when the machine's own one comes first. */
  certificateFile?: string;
}

/**
 * Reads package.json, host.json and local.settings.json.
 *
 * @param given settings that win over local.settings.json
 * @throws ConfigurationError naming the file and field that cannot be used
 */
export async function readApp(appDirectory: string, given: Environment): Promise<AppDescription> {
  const app = await readAppPackage(appDirectory);
  const settingsFile = await readJsonFile(join(appDirectory, 'local.settings.json'));
  const localSettings = parseLocalSettings(settingsFile);
  const environment = createAppEnvironment(given, localSettings);
  const hostJson = await readJsonFile(join(appDirectory, 'host.json'));
  const hostSettings = parseHostJson(hostJson, environment);
  const key = environment['LOCAL_FUNCTION_KEY'] ?? '';
  const certificateFile = localSettings['NODE_EXTRA_CA_CERTS'] ?? '';
  const isTrusted = ['', environment['NODE_EXTRA_CA_CERTS']].includes(certificateFile);
  return {
    ...app,
    environment,
    hostSettings,
    ...(key !== '' && { chosenKey: key }),
    ...(!isTrusted && { certificateFile }),
  };
}

/** A key for one run of the host. */
export function createRandomKey(): string {
  return randomBytes(24).toString('base64url');
}
