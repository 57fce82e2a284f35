import { z } from 'zod';
import { readYaml } from './read-yaml.ts';

const texts = z.record(z.string(), z.string());

const stepSchema = z
  .object({
    name: z.string(),
    uses: z.string(),
    run: z.string(),
    if: z.string(),
    with: texts,
    env: texts,
    'continue-on-error': z.string(),
  })
  .partial()
  .strict();

const jobSchema = z.looseObject({
  'timeout-minutes': z.string(),
  environment: z.string().optional(),
  needs: z.string().optional(),
  permissions: texts.default({}),
  steps: z.array(stepSchema),
});

const workflowSchema = z.looseObject({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  permissions: texts,
  jobs: z.record(z.string(), jobSchema),
});

type Workflow = z.infer<typeof workflowSchema>;
type Job = z.infer<typeof jobSchema>;

/** What workflows may refer to. */
export interface Surroundings {
  /** Names of npm scripts. */
  readonly scripts: readonly string[];
  /** Whether the repository has a file of this path. */
  readonly hasFile: (path: string) => boolean;
}

/** Everything that is wrong with a workflow, one sentence each. */
export function checkWorkflow(text: string, surroundings: Surroundings): string[] {
  const parsed = workflowSchema.safeParse(readYaml(text));
  if (!parsed.success)
    return parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  const workflow = parsed.data;
  return [
    ...checkTriggers(workflow),
    ...checkPermissions(workflow),
    ...checkExpressions(text),
    ...checkPins(text),
    ...checkCheckouts(workflow),
    ...checkCommands(workflow, surroundings),
  ];
}

/** `pull_request_target` and its like give code of strangers the rights of the repository. */
function checkTriggers({ on }: Workflow): string[] {
  const allowed = ['push', 'pull_request', 'schedule', 'workflow_dispatch'];
  return Object.keys(on)
    .filter((trigger) => !allowed.includes(trigger))
    .map((trigger) => `is not to be triggered by ${trigger}`);
}

/** Reading by default; a job gets more only for what it does, and deploys from an environment only. */
function checkPermissions({ permissions, jobs }: Workflow): string[] {
  const isReading = JSON.stringify(permissions) === '{"contents":"read"}';
  return [
    ...(isReading ? [] : ['has more permissions than contents: read']),
    ...Object.entries(jobs).flatMap(([name, job]) =>
      Object.entries(job.permissions)
        .filter(([scope, access]) => !isNeeded(job, scope, access))
        .map(([scope, access]) => `job ${name} has ${scope}: ${access} without need`),
    ),
  ];
}

function isNeeded(job: Job, scope: string, access: string): boolean {
  const uses = (action: string) => job.steps.some((step) => step.uses?.startsWith(action));
  const grant = `${scope}: ${access}`;
  if (grant === 'contents: read') return true;
  if (grant === 'security-events: write') return uses('github/codeql-action/');
  return grant === 'id-token: write' && uses('azure/login@') && job.environment !== undefined;
}

/** Names of a federated identity are no secrets; a workflow needs no other variable, and no secret. */
const variables = [
  'AZURE_CLIENT_ID',
  'AZURE_TENANT_ID',
  'AZURE_SUBSCRIPTION_ID',
  'APP_NAME',
  'APP_URL',
];

function checkExpressions(text: string): string[] {
  const named = [...text.matchAll(/\bvars\.(\w+)/g)].map(([, name = '']) => name);
  const inCommands = text.split('\n').filter((line) => /\brun:.*\$\{\{/.test(line));
  return [
    ...(/\bsecrets[.[]/.test(text) ? ['uses a secret'] : []),
    ...named.filter((name) => !variables.includes(name)).map((name) => `uses the variable ${name}`),
    ...inCommands.map((line) => `puts an expression into a command: ${line.trim()}`),
  ];
}

/** Actions whose commits could not be looked up, by tag; Dependabot keeps them current all the same. */
const byTag = ['Azure/functions-action@v1'];

function checkPins(text: string): string[] {
  const lines = [...text.matchAll(/uses: (.*)$/gm)].map(([, used = '']) => used);
  return lines
    .filter(
      (used) => !byTag.includes(used) && !/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(used),
    )
    .map((used) => `${used} is not pinned to a commit with its version`);
}

/** The token of a checkout stays in the folder's configuration, where every later step could read it. */
function checkCheckouts({ jobs }: Workflow): string[] {
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  return steps
    .filter(({ uses }) => uses?.startsWith('actions/checkout@'))
    .filter((step) => step.with?.['persist-credentials'] !== 'false')
    .map(() => 'a checkout keeps its credentials');
}

function checkCommands({ jobs }: Workflow, { scripts, hasFile }: Surroundings): string[] {
  const commands = Object.values(jobs)
    .flatMap((job) => job.steps)
    .flatMap(({ run }) => run ?? []);
  const named = commands.flatMap((command) =>
    [...command.matchAll(/\bnpm (?:run )?(test|(?<=run )[\w:]+)/g)].map(([, name = '']) => name),
  );
  const files = commands.flatMap((command) =>
    [...command.matchAll(/--file (\S+)/g)].map(([, path = '']) => path),
  );
  return [
    ...named.filter((name) => !scripts.includes(name)).map((name) => `there is no script ${name}`),
    ...files.filter((path) => !hasFile(path)).map((path) => `there is no file ${path}`),
  ];
}
