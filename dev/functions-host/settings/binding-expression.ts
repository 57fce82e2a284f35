import { ConfigurationError } from './configuration-error.ts';
import type { Environment } from './environment.ts';

/**
 * Replaces every `%NAME%` by the setting of that name, as the host does in schedules, queue names
 * and routes.
 *
 * @param where what holds the text, for the error, such as `function 'x': schedule`
 * @throws ConfigurationError when the setting does not exist or is empty
 */
export function resolveBindingExpression(
  text: string,
  environment: Environment,
  where: string,
): string {
  return text.replaceAll(/%([^%]+)%/g, (_, name: string) => {
    const value = environment[name];
    if (value !== undefined && value !== '') return value;
    throw new ConfigurationError(`${where} is '${text}', but there is no setting ${name}; add it`);
  });
}
