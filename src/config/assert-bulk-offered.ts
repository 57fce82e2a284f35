import type { SendMode } from '../core/batch.ts';
import { betaClouds } from '../core/graph-clouds.ts';
import type { Settings } from '../schemas/settings-schema.ts';
import { ConfigError } from './config-error.ts';

/**
 * Stops the start when commands are to be sent in bulk and the cloud at hand does not take that.
 *
 * @param name the setting that says so, for the message
 * @param mode what it says; `undefined` when it leaves the mode to others
 * @throws ConfigError when that cannot be
 */
export function assertBulkOffered(settings: Settings, name: string, mode?: SendMode): void {
  const cloud = settings.GRAPH_CLOUD;
  if (mode !== 'bulk' || betaClouds.includes(cloud)) return;
  throw new ConfigError(
    `${name} must be perDevice in the cloud ${cloud}: bulk needs Graph's beta version, ` +
      `which is offered in ${betaClouds.join(', ')} only.`,
  );
}
