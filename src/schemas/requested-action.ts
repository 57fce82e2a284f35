import { z } from 'zod';
import type {
  Action,
  ActionParameters,
  ActionRegistry,
  ParameterValue,
} from '../core/actions/action.ts';
import { DEFAULT_ACTION } from '../core/actions/index.ts';
import { type DeviceChoice, type GivenChoice, actionFields, fieldsOf } from './action-fields.ts';

/** What a request says of its action. */
export interface RequestedAction {
  readonly name: string;
  readonly action: Action;
  readonly parameters: ActionParameters;
  /** The devices that it chooses for one by one; none otherwise. */
  readonly deviceIds: readonly string[];
}

/** A field that cannot be used, and what to do instead. */
export interface FieldIssue {
  readonly path: string;
  readonly message: string;
}

/** The fields of a request, as far as they are of actions. */
type Given = ReadonlyMap<string, GivenChoice>;

/**
 * The action of a request with its parameters.
 *
 * @param body a request without `issuesOfAction`
 * @throws Error for an action that the registry does not have
 */
export function requestedAction(
  actions: ActionRegistry,
  body: { readonly action?: string | undefined },
): RequestedAction {
  const name = body.action ?? DEFAULT_ACTION;
  const action = actions[name];
  if (action === undefined) throw new Error(`There is no action ${name}.`);
  const given = givenIn(actions, body);
  const lists = [...given.values()].filter((value) => typeof value !== 'string');
  const deviceIds = lists.flatMap((list) => list.map(({ deviceId }) => deviceId));
  return { name, action, parameters: parametersOf(action, given), deviceIds };
}

/**
 * What is wrong with the parameters of a request. One of another action is refused: to ignore it
 * would do something else than was meant.
 *
 * @param body a request each of whose fields is valid by itself
 */
export function issuesOfAction(
  actions: ActionRegistry,
  body: { readonly action?: string | undefined },
): FieldIssue[] {
  const wanted = body.action ?? DEFAULT_ACTION;
  const given = givenIn(actions, body);
  return Object.entries(actions).flatMap(([name, action]) =>
    name === wanted ? unclear(name, action, given) : foreign(name, action, { given, wanted }),
  );
}

function givenIn(actions: ActionRegistry, body: object): Given {
  const fields = Object.entries(z.object(actionFields(actions)).parse(body));
  return new Map(fields.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** Parameters of the action that are not set, or set twice. */
function unclear(name: string, action: Action, given: Given): FieldIssue[] {
  return Object.entries(action.parameters).flatMap(([field, parameter]) => {
    const { values, fallback, perDeviceField: other = '' } = parameter;
    if (given.has(field) && given.has(other)) {
      return [{ path: other, message: `chooses for each device; leave out ${field}` }];
    }
    if (given.has(field) || given.has(other) || fallback !== undefined) return [];
    const instead = other === '' ? '' : `; or ${other}, a choice for each device`;
    const message = `is needed for the action ${name}: one of ${values.join(', ')}${instead}`;
    return [{ path: field, message }];
  });
}

/** Parameters of an action other than the one that is wanted. */
function foreign(
  name: string,
  action: Action,
  { given, wanted }: { given: Given; wanted: string },
): FieldIssue[] {
  const fields = fieldsOf(action).filter((field) => given.has(field));
  return fields.map((path) => ({
    path,
    message:
      `is a parameter of the action ${name}, and the action is ${wanted}; leave it out, or send ` +
      `"action": "${name}"`,
  }));
}

function parametersOf(action: Action, given: Given): ActionParameters {
  const parameters: Record<string, ParameterValue> = {};
  for (const [field, { perDeviceField = '' }] of Object.entries(action.parameters)) {
    const value = given.get(field) ?? given.get(perDeviceField);
    if (value !== undefined) parameters[field] = typeof value === 'string' ? value : byValue(value);
  }
  return parameters;
}

/** The ids of devices by what is chosen for them. */
function byValue(choices: readonly DeviceChoice[]): Record<string, string[]> {
  const ids: Record<string, string[]> = {};
  for (const { deviceId, action } of choices) (ids[action] ??= []).push(deviceId);
  return ids;
}
