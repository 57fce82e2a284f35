import type { Environment } from '../settings/environment.ts';

/**
 * The environment of an app's processes: what the developer's shell or the caller gives, then
 * `Values` of local.settings.json for what is not given, then what the host supplies.
 *
 * @param given wins over local.settings.json
 */
export function createAppEnvironment(
  given: Environment,
  localSettings: Record<string, string>,
): Environment {
  return {
    AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
    FUNCTIONS_WORKER_RUNTIME: 'node',
    ...localSettings,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  };
}
