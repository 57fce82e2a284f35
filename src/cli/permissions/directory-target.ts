import { type GraphCloud, graphClouds } from '../../core/graph-clouds.ts';
import { isLoopbackHttps } from '../../core/loopback-https.ts';
import { UsageError } from '../errors.ts';

/** The directory that is spoken to, as whom. */
export interface DirectoryTarget {
  /** Graph's root, without a version. */
  endpoint: string;
  /** What a token for it is issued for. */
  resource: string;
  /** An access token of a privileged administrator. It is never printed. */
  token: string;
}

/** Options that say where the directory is and who asks. */
export interface TargetOptions {
  cloud: GraphCloud;
  token?: string;
}

/** The environment variable with the token: unlike an option, no list of processes shows it. */
export const TOKEN_VARIABLE = 'FLEET_SYNC_GRAPH_TOKEN';

/**
 * Where to go and with what. `GRAPH_ENDPOINT` stands in for Microsoft Graph, on this machine only.
 *
 * @throws UsageError that names what is missing or wrong, never with the token in it
 */
export function readDirectoryTarget(
  { cloud, token: given }: TargetOptions,
  env: Readonly<Record<string, string | undefined>>,
): DirectoryTarget {
  const resource = graphClouds[cloud];
  const token = readToken(given ?? env[TOKEN_VARIABLE] ?? '', resource);
  return { endpoint: readEndpoint(env['GRAPH_ENDPOINT'] ?? '') ?? resource, resource, token };
}

/** How a token is got. */
export function tokenCommand(resource: string): string {
  return `az account get-access-token --resource ${resource}`;
}

/** Takes the token alone, or the JSON in which `az` prints it. */
function readToken(text: string, resource: string): string {
  const trimmed = text.trim();
  const token = trimmed.startsWith('{') ? accessTokenIn(trimmed) : trimmed;
  if (token !== undefined && /^[\x21-\x7e]+$/.test(token)) return token;
  const problem = trimmed === '' ? 'is missing' : 'is not a token';
  throw new UsageError(
    `The token of an administrator ${problem}. Set ${TOKEN_VARIABLE} (or --token) to what this prints: ` +
      tokenCommand(resource),
  );
}

function accessTokenIn(json: string): string | undefined {
  try {
    const { accessToken } = JSON.parse(json) as { accessToken?: unknown };
    return typeof accessToken === 'string' ? accessToken : undefined;
  } catch {
    return undefined;
  }
}

function readEndpoint(text: string): string | undefined {
  if (text.trim() === '') return undefined;
  if (isLoopbackHttps(text)) return new URL(text).origin;
  throw new UsageError(
    'GRAPH_ENDPOINT must be https on a loopback address, for example https://127.0.0.1:8443; ' +
      'unset it to use Microsoft Graph.',
  );
}
