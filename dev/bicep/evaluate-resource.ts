import { type Context, evaluate } from './evaluate-expression.ts';
import { BicepError } from './finding.ts';
import { type Deployable, type Expression, literalText } from './syntax.ts';
import { Reference, type ValueObject, isObject, textOf } from './values.ts';

/** A resource as it would be deployed. */
export interface EvaluatedResource {
  /** `path:line` of its declaration. */
  readonly where: string;
  readonly symbol: string;
  readonly type: string;
  readonly apiVersion: string;
  /** Only referred to, not deployed. */
  readonly isExisting: boolean;
  readonly name: string;
  readonly id: string;
  /** The resource it belongs to or applies to. */
  readonly parent?: Reference;
  readonly scope?: Reference;
  readonly body: ValueObject;
  /** Paths of properties before which rules are switched off, with those rules. */
  readonly disabledRules: ReadonlyMap<string, readonly string[]>;
}

/** Evaluates one resource, in the turn of a loop where it has one. */
export function evaluateResource(resource: Deployable, context: Context): EvaluatedResource {
  const where = `${context.path}:${resource.line}`;
  const [type = '', apiVersion = ''] = resource.of.split('@');
  const body = evaluate(resource.body, context);
  if (!isObject(body)) throw new BicepError(where, `${resource.name} is no object`);
  const parent = referenceIn(body, 'parent');
  const scope = referenceIn(body, 'scope');
  const name = textOf(body['name'] ?? '');
  const above = parent ?? scope;
  const id =
    parent === undefined
      ? `${above?.id ?? ''}/providers/${type}/${name}`
      : `${parent.id}/${type.split('/').at(-1) ?? ''}/${name}`;
  return {
    where,
    symbol: resource.name,
    type,
    apiVersion,
    isExisting: resource.isExisting,
    name,
    id,
    ...(parent === undefined ? {} : { parent }),
    ...(scope === undefined ? {} : { scope }),
    body,
    disabledRules: new Map(disabledRulesIn(resource.body, '')),
  };
}

function referenceIn(body: ValueObject, property: string): Reference | undefined {
  const value = body[property];
  return value instanceof Reference ? value : undefined;
}

function disabledRulesIn(body: Expression, prefix: string): [string, readonly string[]][] {
  if (body.kind !== 'object') return [];
  return body.properties.flatMap(({ key, value, disabledRules }) => {
    const path = `${prefix}${literalText(key) ?? ''}`;
    const below = disabledRulesIn(value, `${path}.`);
    return disabledRules.length === 0 ? below : [[path, disabledRules], ...below];
  });
}
