import type { ScopeFilter } from '../api/start-body.ts';
import { UsageError } from '../errors.ts';

/** What one use of an option, or a file, adds to a scope. */
export interface ScopePart {
  /** As messages name it, for example `--platform`. */
  source: string;
  field: string;
  isExcluded: boolean;
  value: readonly string[] | string;
}

/**
 * Puts a scope together: lists of one field grow, and `base` (`--scope`) supplies what no option
 * names.
 *
 * @returns `undefined` when nothing was said about the scope: the whole fleet.
 * @throws UsageError when one field is named twice in ways that cannot be joined.
 */
export function buildScope(
  base: ScopeFilter | undefined,
  parts: readonly ScopePart[],
): ScopeFilter | undefined {
  if (base === undefined && parts.length === 0) return undefined;
  const { exclude: baseExclude, ...baseFields } = base ?? {};
  const include = joined(parts.filter(({ isExcluded }) => !isExcluded));
  const exclude = joined(parts.filter(({ isExcluded }) => isExcluded));
  rejectOverlap(baseFields, include);
  rejectOverlap(asFilter(baseExclude), exclude);
  const scope = { ...baseFields, ...valuesOf(include) };
  if (exclude.size === 0)
    return baseExclude === undefined ? scope : { ...scope, exclude: baseExclude };
  return { ...scope, exclude: { ...asFilter(baseExclude), ...valuesOf(exclude) } };
}

function joined(parts: readonly ScopePart[]): Map<string, ScopePart> {
  const fields = new Map<string, ScopePart>();
  for (const part of parts) {
    const before = fields.get(part.field);
    fields.set(part.field, before === undefined ? part : join(before, part));
  }
  return fields;
}

function join(before: ScopePart, part: ScopePart): ScopePart {
  if (typeof before.value === 'string' || typeof part.value === 'string') {
    throw new UsageError(`${part.source} can be given once only.`);
  }
  return { ...part, value: [...new Set([...before.value, ...part.value])] };
}

/** Nobody can know which of the two was meant. */
function rejectOverlap(base: ScopeFilter, fields: ReadonlyMap<string, ScopePart>): void {
  for (const [field, { source }] of fields) {
    if (!(field in base)) continue;
    throw new UsageError(`--scope and ${source} both give ${field}; give it in one of them.`);
  }
}

function valuesOf(fields: ReadonlyMap<string, ScopePart>): Record<string, unknown> {
  return Object.fromEntries([...fields].map(([field, { value }]) => [field, value]));
}

/** What is no object is left to the API to refuse, with the path of the field. */
function asFilter(value: unknown): ScopeFilter {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as ScopeFilter)
    : {};
}
