import { UsageError } from '../errors.ts';

/** The app that is spoken to, and how this caller proves who it is. */
export interface Target {
  /** Without a trailing slash and without `/api`. */
  url: string;
  /** A function key; `undefined` when there is none. */
  key: string | undefined;
  /** An access token for the app, used as it is; `undefined` when there is none. */
  token: string | undefined;
  /** The app's audience in Entra ID, for example `api://fleet-sync`; `undefined` when there is none. */
  audience: string | undefined;
}

/** Options that win over the environment. */
export interface TargetOptions {
  url?: string;
  audience?: string;
}

const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];
const urlExample = 'for example https://fleet-sync.azurewebsites.net';

/**
 * Where to go and with what, from `FLEET_SYNC_URL`, `FLEET_SYNC_KEY`, `FLEET_SYNC_TOKEN` and
 * `FLEET_SYNC_AUDIENCE`. A key is sent beside the others: which of them counts is the app's setting.
 * Key and token have no option, since options are seen by everybody who lists processes.
 *
 * @throws UsageError that names what is missing or wrong, never with the key or token in it.
 */
export function readTarget(
  options: TargetOptions,
  env: Readonly<Record<string, string | undefined>>,
): Target {
  const url = readUrl(options.url ?? env['FLEET_SYNC_URL'] ?? '');
  const key = readSecret('FLEET_SYNC_KEY', env);
  const token = readSecret('FLEET_SYNC_TOKEN', env);
  const audience = (options.audience ?? env['FLEET_SYNC_AUDIENCE'] ?? '').trim() || undefined;
  if (key === undefined && token === undefined && audience === undefined) {
    throw new UsageError(
      'Set FLEET_SYNC_KEY to a function key of the app, or FLEET_SYNC_AUDIENCE (--audience) to its ' +
        'audience in Entra ID to sign in with az login or a managed identity, or FLEET_SYNC_TOKEN to ' +
        'an access token.',
    );
  }
  return { url, key, token, audience };
}

function readUrl(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') {
    throw new UsageError(`Set FLEET_SYNC_URL (or --url) to the address of the app, ${urlExample}.`);
  }
  const url = URL.canParse(trimmed) ? new URL(trimmed) : undefined;
  if (url === undefined || !['https:', 'http:'].includes(url.protocol)) {
    throw new UsageError(`FLEET_SYNC_URL has to be an address, ${urlExample}.`);
  }
  if (url.protocol === 'http:' && !loopbackHosts.includes(url.hostname)) {
    throw new UsageError('FLEET_SYNC_URL has to be https; http is for localhost only.');
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    // An address is seen by everybody who lists processes, and lands in logs: a key has no place in it.
    throw new UsageError(
      'FLEET_SYNC_URL has to be an address only; put the key into FLEET_SYNC_KEY.',
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '').replace(/\/api$/, '')}`;
}

/** @param name of the variable that holds the secret */
function readSecret(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const secret = (env[name] ?? '').trim();
  if (secret === '') return undefined;
  if (/^[\x21-\x7e]+$/.test(secret)) return secret;
  throw new UsageError(`${name} has characters that no key or token has; copy it again.`);
}
