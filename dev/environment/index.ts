/** Everything around the app, started together. Other parts import from here only. */
export {
  startEnvironment,
  type Environment,
  type EnvironmentOptions,
} from './start-environment.ts';
export { createCleanup, type Cleanup } from './cleanup.ts';
export { writeSettingsFile } from './settings-file.ts';
export { startApp, type LocalApp, type LocalAppOptions } from './start-app.ts';
