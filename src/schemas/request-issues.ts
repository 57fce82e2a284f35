import type { ActionRegistry } from '../core/actions/action.ts';
import type { Scope } from '../core/scope.ts';
import { fieldsOf } from './action-fields.ts';
import { type FieldIssue, issuesOfAction, requestedAction } from './requested-action.ts';
import { MAX_SCOPE_LENGTH } from './scope-schema.ts';

/** A request to start a run, as far as its fields have to do with each other. */
interface Request {
  readonly action?: string | undefined;
  readonly scope?: Scope | undefined;
  readonly skip?: object | undefined;
  readonly mode?: string | undefined;
  readonly fromPlan?: string | undefined;
}

/** What a plan decided already beside its action's parameters. */
const decidedByThePlan = [
  'action',
  'skip',
  'dryRun',
  'maxDevices',
  'strict',
  'ignorePartialFailures',
  'timeoutMinutes',
];

/** An id in the row of a run, in quotes and with a comma. */
const ID_LENGTH = 39;

/** What is wrong with a request each of whose fields is valid by itself. */
export function issuesOfRequest(actions: ActionRegistry, request: Request): FieldIssue[] {
  if (request.fromPlan !== undefined) return issuesOfPlanned(actions, request);
  const issues = issuesOfAction(actions, request);
  return issues.length > 0 ? issues : issuesOfCommand(actions, request);
}

function issuesOfPlanned(actions: ActionRegistry, request: Request): FieldIssue[] {
  const given = new Map<string, unknown>(Object.entries(request));
  const decided = [...decidedByThePlan, ...Object.values(actions).flatMap(fieldsOf)];
  const message = 'is decided by the plan; leave it out together with fromPlan';
  const scope = { path: 'fromPlan', message: 'already has its scope; leave out scope' };
  return [
    ...(request.scope === undefined ? [] : [scope]),
    ...decided.filter((path) => given.get(path) !== undefined).map((path) => ({ path, message })),
  ];
}

/** What the command of the request does not go together with. */
function issuesOfCommand(actions: ActionRegistry, request: Request): FieldIssue[] {
  const { name, action, parameters, deviceIds } = requestedAction(actions, request);
  const { bulk, targets } = action.command(parameters);
  const { scope = {}, skip, mode } = request;
  const length = JSON.stringify(scope).length + 2 * ID_LENGTH * deviceIds.length;
  const checks: readonly (FieldIssue & { readonly isWrong: boolean })[] = [
    {
      path: 'mode',
      message: `bulk is not offered for ${name} with these parameters; leave it out, or use perDevice`,
      isWrong: mode === 'bulk' && bulk === undefined,
    },
    {
      path: 'scope',
      message: `is about devices, and ${name} is not sent to devices; leave it out`,
      isWrong: targets !== undefined && Object.keys(scope).length > 0,
    },
    {
      path: 'skip',
      message: `is about devices, and ${name} is not sent to devices; leave it out`,
      isWrong: targets !== undefined && skip !== undefined,
    },
    {
      path: 'scope',
      message: 'must not have deviceIds: they are those of the list of actions already',
      isWrong: deviceIds.length > 0 && scope.deviceIds !== undefined,
    },
    {
      path: 'scope',
      message: 'is too long beside so many devices; divide them among several runs',
      isWrong: deviceIds.length > 0 && length > MAX_SCOPE_LENGTH,
    },
  ];
  return checks.filter(({ isWrong }) => isWrong).map(({ path, message }) => ({ path, message }));
}
