/** What an expression evaluates to, before anything is deployed. */
export type Value =
  | string
  | number
  | boolean
  | null
  | readonly Value[]
  | ValueObject
  | RuntimeValue
  | Reference
  | Lambda;

export interface ValueObject {
  readonly [name: string]: Value;
}

export type Lambda = (value: Value) => Value;

/** What only Azure knows, by how it is written: `identity.properties.clientId`. */
export class RuntimeValue {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }
}

/** A declared resource or module, as other declarations refer to it. */
export class Reference {
  readonly symbol: string;
  readonly type: string;
  readonly id: string;
  /** What is known of it before it is deployed: its name, and a module's outputs. */
  readonly known: ValueObject;

  constructor(symbol: string, type: string, id: string, known: ValueObject) {
    this.symbol = symbol;
    this.type = type;
    this.id = id;
    this.known = known;
  }
}

export function isObject(value: Value | undefined): value is ValueObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof RuntimeValue) &&
    !(value instanceof Reference)
  );
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** The text of a value inside another text; `<path>` for what only Azure knows. */
export function textOf(value: Value): string {
  if (typeof value === 'string') return value;
  if (value instanceof RuntimeValue) return `<${value.path}>`;
  if (value instanceof Reference) return `<${value.symbol}>`;
  if (typeof value === 'function') return '<lambda>';
  return JSON.stringify(value, (_, inner: Value) =>
    inner instanceof RuntimeValue || inner instanceof Reference ? textOf(inner) : inner,
  );
}

/** A value's type in Bicep's words; `any` for what only Azure knows. */
export function typeOf(value: Value): string {
  if (value === null) return 'null';
  if (isList(value)) return 'array';
  if (value instanceof RuntimeValue) return 'any';
  if (value instanceof Reference) return 'resource';
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
      return 'int';
    case 'boolean':
      return 'bool';
    case 'function':
      return 'lambda';
    default:
      return 'object';
  }
}

/** Equal, whatever the order of properties. */
export function isSame(a: Value, b: Value): boolean {
  return textOf(a) === textOf(b);
}
