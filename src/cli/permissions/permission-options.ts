import { type Command, InvalidArgumentError, Option } from 'commander';
import { type GraphCloud, graphClouds } from '../../core/graph-clouds.ts';
import { type Feature, featureRoles } from '../../core/roles.ts';
import { UsageError } from '../errors.ts';
import { listOf, oneOf, someText } from '../option-values.ts';
import type { PrincipalKey } from './directory-request.ts';
import { TOKEN_VARIABLE } from './directory-target.ts';

/** Options of every command about permissions. */
export interface PermissionOptions {
  principal?: string;
  clientId?: string;
  features?: Feature[];
  cloud: GraphCloud;
  token?: string;
}

const featureNames = Object.keys(featureRoles) as Feature[];
const furtherFeatures = featureNames.filter((name) => name !== 'sync');
const cloudNames = Object.keys(graphClouds) as GraphCloud[];

/** Adds the options that say whose permissions, for what, and where. */
export function addPermissionOptions(command: Command): Command {
  return command
    .option('--principal <id>', "object (principal) id of the app's managed identity", guid)
    .option('--client-id <id>', 'its client id instead', guid)
    .addOption(
      new Option(
        '--features <names>',
        `what the app does besides sync: ${furtherFeatures.join(', ')}`,
      ).argParser(listOf(oneOf(featureNames))),
    )
    .addOption(
      new Option('--cloud <name>', cloudNames.join(', '))
        .argParser(oneOf(cloudNames))
        .default('public'),
    )
    .option('--token <token>', `an administrator's; better in ${TOKEN_VARIABLE}`, someText);
}

/** The features that were named, each once, after `sync`, which every app has. */
export function readFeatures({ features = [] }: PermissionOptions): Feature[] {
  return [...new Set<Feature>(['sync', ...features])];
}

/** @throws UsageError unless exactly one of the two ids is given */
export function readPrincipalKey({ principal, clientId }: PermissionOptions): PrincipalKey {
  if (principal !== undefined && clientId === undefined) return { id: principal };
  if (clientId !== undefined && principal === undefined) return { clientId };
  throw new UsageError(
    "Say whose permissions: --principal with the object id of the app's managed identity, or " +
      '--client-id with its client id.',
  );
}

function guid(text: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text.toLowerCase();
  throw new InvalidArgumentError('An id looks like 12345678-1234-4234-8234-123456789abc.');
}
