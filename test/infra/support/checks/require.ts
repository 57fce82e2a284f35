import type { Finding } from '../../../../dev/bicep/finding.ts';
import { type Value, isSame, textOf } from '../../../../dev/bicep/values.ts';
import { type Check, deployed, distinct, valueAt } from '../infrastructure.ts';

/**
 * Every resource of a type has these values, in every way to deploy.
 *
 * @param expected values by the path of the property
 * @param ofName only resources of this name
 */
export function requires(
  type: string,
  expected: Readonly<Record<string, Value>>,
  ofName?: string,
): Check {
  return (infrastructure) => {
    const resources = deployed(infrastructure, type).filter(
      ({ name }) => ofName === undefined || name === ofName,
    );
    if (resources.length === 0) {
      return [{ where: 'infra', problem: `${type} ${ofName ?? ''} is not deployed`.trim() }];
    }
    return distinct(
      resources.flatMap(({ where, body }) =>
        Object.entries(expected).flatMap(([path, wanted]) =>
          differs(where, path, valueAt(body, path), wanted),
        ),
      ),
    );
  };
}

/** One finding when a value is not the wanted one. */
export function differs(
  where: string,
  path: string,
  actual: Value | undefined,
  wanted: Value,
): Finding[] {
  if (actual !== undefined && isSame(actual, wanted)) return [];
  const found = actual === undefined ? 'not set' : textOf(actual);
  return [{ where, problem: `${path} must be ${textOf(wanted)}, and is ${found}` }];
}
