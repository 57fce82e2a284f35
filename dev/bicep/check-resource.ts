import type { EvaluatedResource } from './evaluate-resource.ts';
import type { Finding } from './finding.ts';
import type { Definition, PropertyType, ResourceType } from './resource-types.ts';
import { Reference, RuntimeValue, type Value, isList, isObject, textOf, typeOf } from './values.ts';

/** What Bicep adds to every resource. */
const ofBicep = new Set(['parent', 'scope', 'dependsOn']);

/** The compiler's rule for a property that is not in the type. */
const UNKNOWN_PROPERTY_RULE = 'BCP037';

/**
 * Compares a resource with the published description of its type: unknown, read-only and missing
 * properties, wrong types, values outside an enumeration.
 */
export function checkResource(resource: EvaluatedResource, type: ResourceType): Finding[] {
  const body = Object.fromEntries(
    Object.entries(resource.body).filter(([name]) => !ofBicep.has(name)),
  );
  const problems = new Comparison(resource, type).check(type.body, body, '');
  return problems.map((problem) => ({ where: resource.where, problem }));
}

class Comparison {
  readonly #resource: EvaluatedResource;
  readonly #defs: ResourceType['defs'];

  constructor(resource: EvaluatedResource, { defs }: ResourceType) {
    this.#resource = resource;
    this.#defs = defs;
  }

  /** @param path of the value, `properties.siteConfig.`, with the dot at its end unless empty */
  check(type: PropertyType, value: Value, path: string): string[] {
    // Null is how a template leaves a property out.
    if (value === null || value instanceof RuntimeValue || value instanceof Reference) return [];
    if (typeof type === 'string') return this.#primitive(type, value, path);
    if ('const' in type) {
      return value === type.const ? [] : [`${nameOf(path)} must be ${type.const}`];
    }
    if ('anyOf' in type) return this.#anyOf(type.anyOf, value, path);
    if ('array' in type) {
      if (!isList(value)) return [`${nameOf(path)} must be array, not ${typeOf(value)}`];
      return value.flatMap((element, i) => this.check(type.array, element, `${path}${i}.`));
    }
    const definition = this.#defs[type.ref];
    if (definition === undefined) return [`${nameOf(path)} has a type that is not described`];
    return this.#object(definition, value, path);
  }

  #primitive(type: string, value: Value, path: string): string[] {
    const isRight = type === 'any' || typeOf(value) === type;
    return isRight ? [] : [`${nameOf(path)} must be ${type}, not ${typeOf(value)}`];
  }

  #anyOf(types: readonly PropertyType[], value: Value, path: string): string[] {
    const names = types.flatMap((type) =>
      typeof type === 'object' && 'const' in type ? [type.const] : [],
    );
    // Many enumerations take any text for values to come; one that is not published is a slip here.
    const closed = names.length === 0 ? types : types.filter((type) => type !== 'string');
    if (closed.some((type) => this.check(type, value, path).length === 0)) return [];
    const wanted = names.length === 0 ? 'of a type it may have' : `one of ${names.join(', ')}`;
    return [`${nameOf(path)} must be ${wanted}, not ${textOf(value)}`];
  }

  #object(definition: Definition, value: Value, path: string): string[] {
    if (!isObject(value)) return [`${nameOf(path)} must be object, not ${typeOf(value)}`];
    const { disc, cases } = definition;
    if (disc !== undefined && cases !== undefined) {
      const name = textOf(value[disc] ?? '');
      const chosen = cases[name];
      if (chosen !== undefined) return this.check(chosen, value, path);
      return [`${path}${disc} must be one of ${Object.keys(cases).join(', ')}, not ${name}`];
    }
    return [...this.#missing(definition, value, path), ...this.#given(definition, value, path)];
  }

  #missing({ props }: Definition, value: object, path: string): string[] {
    return Object.entries(props)
      .filter(([name, { req, ro }]) => req === 1 && ro !== 1 && !Object.hasOwn(value, name))
      .map(([name]) => `${path}${name} is missing`);
  }

  #given({ props, extra }: Definition, value: object, path: string): string[] {
    return Object.entries(value).flatMap(([name, inner]: [string, Value]) => {
      const known = props[name];
      if (known?.ro === 1 && known.req !== 1) return [`${path}${name} is read-only`];
      const type = known?.t ?? extra;
      if (type !== undefined) return this.check(type, inner, `${path}${name}.`);
      const rules = this.#resource.disabledRules.get(`${path}${name}`) ?? [];
      return rules.includes(UNKNOWN_PROPERTY_RULE) ? [] : [`${path}${name} does not exist`];
    });
  }
}

function nameOf(path: string): string {
  return path.slice(0, -1);
}
