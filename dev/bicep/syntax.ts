/** An expression of Bicep, with the line it begins on. */
export type Expression = { readonly line: number } & (
  | { readonly kind: 'text'; readonly parts: readonly (string | Expression)[] }
  | { readonly kind: 'literal'; readonly value: number | boolean | null }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'member'; readonly object: Expression; readonly property: string }
  | { readonly kind: 'element'; readonly object: Expression; readonly index: Expression }
  | { readonly kind: 'call'; readonly callee: string; readonly arguments: readonly Expression[] }
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'conditional';
      readonly condition: Expression;
      readonly consequence: Expression;
      readonly alternative: Expression;
    }
  | { readonly kind: 'lambda'; readonly parameter: string; readonly body: Expression }
  | { readonly kind: 'array'; readonly elements: readonly Expression[] }
  | { readonly kind: 'object'; readonly properties: readonly Property[] }
  | Loop
);

/** `[for item in items: body]`, with the index and the condition there may be. */
export interface Loop {
  readonly kind: 'loop';
  readonly line: number;
  readonly item: string;
  readonly index?: string;
  readonly source: Expression;
  readonly condition?: Expression;
  readonly body: Expression;
}

/** A property of an object. */
export interface Property {
  /** A text with parts when the key is an interpolated string. */
  readonly key: Expression & { readonly kind: 'text' };
  readonly value: Expression;
  readonly line: number;
  /** The rules that a `#disable-next-line` before it names. */
  readonly disabledRules: readonly string[];
}

/** A text without anything to evaluate in it; `undefined` for any other expression. */
export function literalText(expression: Expression): string | undefined {
  if (expression.kind !== 'text') return undefined;
  const literals = expression.parts.filter((part) => typeof part === 'string');
  return literals.length === expression.parts.length ? literals.join('') : undefined;
}

interface Declaration {
  readonly name: string;
  readonly line: number;
}

export interface Parameter extends Declaration {
  /** As written: `string`, `int`, `bool`, `object`, `string[]`. */
  readonly type: string;
  readonly fallback?: Expression;
  /** Decorators by their names: `allowed`, `minValue`, `secure`. */
  readonly decorators: ReadonlyMap<string, readonly Expression[]>;
}

export interface Variable extends Declaration {
  readonly value: Expression;
}

export interface Output extends Declaration {
  readonly type: string;
  readonly value: Expression;
}

/** A resource or a module: what it is, whether and how often it is there, and its body. */
export interface Deployable extends Declaration {
  /** `Microsoft.Web/sites@2025-03-01`, or the path of the module's file. */
  readonly of: string;
  readonly isExisting: boolean;
  readonly condition?: Expression;
  readonly loop?: Loop;
  readonly body: Expression;
}

/** A file of Bicep as it was read. */
export interface BicepFile {
  readonly path: string;
  readonly targetScope: string;
  readonly parameters: readonly Parameter[];
  readonly variables: readonly Variable[];
  readonly resources: readonly Deployable[];
  readonly modules: readonly Deployable[];
  readonly outputs: readonly Output[];
}
