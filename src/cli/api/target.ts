import { UsageError } from '../errors.ts';

/** The app that is spoken to, and how this caller proves who it is. */
export interface Target {
  /** Without a trailing slash and without `/api`. */
  url: string;
  /** A function key; `undefined` when there is none. */
  key: string | undefined;
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
 * Where to go and with what, from `FLEET_SYNC_URL`, `FLEET_SYNC_KEY` and `FLEET_SYNC_AUDIENCE`. With
 * both a key and an audience, both are sent: which of them counts is the app's setting.
 *
 * @throws UsageError that names what is missing or wrong, never with the key in it.
 */
export function readTarget(
  options: TargetOptions,
  env: Readonly<Record<string, string | undefined>>,
): Target {
  const url = readUrl(options.url ?? env['FLEET_SYNC_URL'] ?? '');
  const key = readKey(env['FLEET_SYNC_KEY'] ?? '');
  const audience = (options.audience ?? env['FLEET_SYNC_AUDIENCE'] ?? '').trim() || undefined;
  if (key === undefined && audience === undefined) {
    throw new UsageError(
      'Set FLEET_SYNC_KEY to a function key of the app, or FLEET_SYNC_AUDIENCE (--audience) to its ' +
        'audience in Entra ID to sign in with az login or a managed identity.',
    );
  }
  return { url, key, audience };
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

function readKey(text: string): string | undefined {
  const key = text.trim();
  if (key === '') return undefined;
  if (/^[\x21-\x7e]+$/.test(key)) return key;
  throw new UsageError('FLEET_SYNC_KEY has characters that no key has; copy it again.');
}
