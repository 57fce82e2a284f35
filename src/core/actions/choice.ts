import type { ActionParameter, ParameterValue } from './action.ts';

/** A parameter whose values are known by name. */
interface Choice<Value extends string> extends ActionParameter {
  readonly values: readonly [Value, ...Value[]];
  readonly fallback?: Value;
}

/**
 * The value that is set for all devices. What a request is built of is one of the action's own
 * constants, whatever was stored.
 *
 * @throws Error for anything that is no value of the parameter
 */
export function choiceOf<Value extends string>(
  { values, fallback }: Choice<Value>,
  given: ParameterValue | undefined,
): Value {
  const wanted = given ?? fallback;
  const value = values.find((each) => each === wanted);
  if (value !== undefined) return value;
  throw new Error(`A parameter is none of ${values.join(', ')}.`);
}

/**
 * The value that is set for a device: the one for all, or its own.
 *
 * @throws Error for anything that is no value of the parameter; the returned function for a device
 *   that has none
 */
export function choicesOf<Value extends string>(
  choice: Choice<Value>,
  given: ParameterValue | undefined,
): (deviceId: string) => Value {
  if (given === undefined || typeof given === 'string') {
    const value = choiceOf(choice, given);
    return () => value;
  }
  const byDevice = new Map<string, Value>();
  for (const [value, deviceIds] of Object.entries(given)) {
    for (const id of deviceIds) byDevice.set(id, choiceOf(choice, value));
  }
  return (deviceId) => {
    const value = byDevice.get(deviceId);
    if (value === undefined) throw new Error(`Nothing is chosen for the device ${deviceId}.`);
    return value;
  };
}
