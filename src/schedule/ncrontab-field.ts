/** A field of an NCRONTAB expression. */
export interface FieldKind {
  name: string;
  min: number;
  max: number;
  /** Names of the values from `min` on; a beginning of one is enough, ignoring case. */
  names?: readonly string[];
}

/**
 * Expands a field to the values it allows, by the rules of the NCrontab library: `*`, numbers, names,
 * lists, ranges (also turned around) and steps, where `5/15` means from 5 on. It has none of Quartz's
 * `?`, `L`, `W` and `#`, and Sunday is 0 only.
 *
 * @throws Error that says what is wrong with the field
 */
export function expandField(text: string, kind: FieldKind): number[] {
  const values = text.split(',').flatMap((part) => expandPart(part, kind));
  return [...new Set(values)].sort((a, b) => a - b);
}

function expandPart(part: string, kind: FieldKind): number[] {
  const [range = '', step, ...tooMany] = part.split('/');
  if (range === '' || tooMany.length > 0) throw problem(part, kind);
  if (step !== undefined && !/^[1-9]\d*$/.test(step)) throw problem(part, kind);
  const [first, last] = bounds(range, step !== undefined, part, kind);
  const values: number[] = [];
  for (let value = first; value <= last; value += Number(step ?? 1)) values.push(value);
  return values;
}

function bounds(range: string, hasStep: boolean, part: string, kind: FieldKind): [number, number] {
  if (range === '*') return [kind.min, kind.max];
  const [from = '', to, ...tooMany] = range.split('-');
  if (tooMany.length > 0) throw problem(part, kind);
  const first = parseValue(from, part, kind);
  if (to === undefined) return [first, hasStep ? kind.max : first];
  const last = parseValue(to, part, kind);
  return [Math.min(first, last), Math.max(first, last)];
}

function parseValue(text: string, part: string, kind: FieldKind): number {
  const { names = [], min, max } = kind;
  const lower = text.toLowerCase();
  const byName = names.findIndex((name) => text !== '' && name.toLowerCase().startsWith(lower));
  const value = /^\d+$/.test(text) ? Number(text) : byName < 0 ? Number.NaN : byName + min;
  if (!(value >= min && value <= max)) throw problem(part, kind);
  return value;
}

function problem(part: string, { name, min, max }: FieldKind): Error {
  return new Error(`the ${name} '${part}' is not *, a value or range of ${min}-${max}, or a step`);
}
