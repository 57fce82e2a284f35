import type { Environment } from './environment.ts';

const PREFIX = /^AzureFunctionsJobHost__/i;

/** A JSON object under construction. */
type Tree = Record<string, unknown>;

/** The names the host reads. Configuration keys ignore case, so each is brought to this spelling. */
const KNOWN_KEYS = [
  'version',
  'functionTimeout',
  'extensions',
  'http',
  'routePrefix',
  'queues',
  'batchSize',
  'newBatchThreshold',
  'maxPollingInterval',
  'visibilityTimeout',
  'maxDequeueCount',
  'messageEncoding',
];
const SPELLING = new Map(KNOWN_KEYS.map((key) => [key.toLowerCase(), key]));

/**
 * Lays the settings `AzureFunctionsJobHost__<section>__<key>` over what host.json holds, as the real
 * host does. Values stay text; the schema converts them.
 *
 * @param hostJson the parsed file, not changed
 * @returns a copy with known keys in their usual spelling and the overrides applied
 */
export function applyHostJsonOverrides(hostJson: unknown, environment: Environment): unknown {
  const result = normaliseKeys(hostJson);
  if (!isTree(result)) return result;
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined || !PREFIX.test(name)) continue;
    setAt(result, name.replace(PREFIX, '').split('__').map(spell), value);
  }
  return result;
}

function setAt(tree: Tree, path: string[], value: string): void {
  const [key, ...rest] = path;
  if (key === undefined) return;
  if (rest.length === 0) {
    tree[key] = value;
    return;
  }
  const child = tree[key];
  const next = isTree(child) ? child : {};
  tree[key] = next;
  setAt(next, rest, value);
}

function normaliseKeys(value: unknown): unknown {
  if (!isTree(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [spell(key), normaliseKeys(child)]),
  );
}

function spell(key: string): string {
  return SPELLING.get(key.toLowerCase()) ?? key;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
