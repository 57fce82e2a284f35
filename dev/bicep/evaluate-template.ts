import type { Cloud } from './clouds.ts';
import { checkParameters, isOfType, problemsOf } from './check-parameters.ts';
import { type Context, evaluate, isTrue, turnsOf } from './evaluate-expression.ts';
import { BicepError, type Finding } from './finding.ts';
import { type BicepProject, modulePath } from './project.ts';
import { type EvaluatedResource, evaluateResource } from './evaluate-resource.ts';
import type { BicepFile, Deployable } from './syntax.ts';
import {
  Reference,
  RuntimeValue,
  type Value,
  type ValueObject,
  isObject,
  typeOf,
} from './values.ts';

/** What a deployment of a template would make, with modules taken in. */
export interface Deployment {
  readonly resources: readonly EvaluatedResource[];
  readonly outputs: ValueObject;
  readonly findings: readonly Finding[];
}

/**
 * Evaluates a template as Azure Resource Manager would before it deploys; what only Azure knows stays
 * a runtime value, and so does what cannot be evaluated, which is a finding.
 *
 * @param path of the template in the project
 * @param parameters as a deployment gives them
 */
export function evaluateTemplate(
  project: BicepProject,
  path: string,
  parameters: ValueObject,
  cloud: Cloud,
): Deployment {
  const file = project.bicep.get(path);
  if (file !== undefined) {
    return new TemplateEvaluation(project, file, parameters, cloud).run();
  }
  const problem = 'there is no such file, or it is not Bicep';
  return { resources: [], outputs: {}, findings: [{ where: path, problem }] };
}

/** One file with its parameters. Declarations are evaluated when they are first asked for. */
class TemplateEvaluation {
  readonly #project: BicepProject;
  readonly #file: BicepFile;
  readonly #context: Context;
  readonly #resources: EvaluatedResource[] = [];
  readonly #findings: Finding[];

  constructor(project: BicepProject, file: BicepFile, parameters: ValueObject, cloud: Cloud) {
    const names = new Map<string, () => Value>();
    this.#project = project;
    this.#file = file;
    this.#context = { path: file.path, cloud, files: project.texts, names };
    this.#findings = checkParameters(file, parameters, file.path);
    const declare = (name: string, make: () => Value) => names.set(name, this.#once(name, make));
    for (const parameter of file.parameters) {
      const { name } = parameter;
      declare(name, () => parameters[name] ?? this.#fallbackOf(parameter));
    }
    for (const { name, value } of file.variables) {
      declare(name, () => evaluate(value, this.#context));
    }
    for (const resource of file.resources) declare(resource.name, () => this.#resource(resource));
    for (const module of file.modules) declare(module.name, () => this.#module(module));
  }

  run(): Deployment {
    for (const use of this.#context.names.values()) use();
    const outputs = this.#file.outputs.map(({ name, type, value, line }) => {
      const result = this.#once(name, () => evaluate(value, this.#context))();
      if (!isOfType(type, result))
        this.#find(line, `${name} must be ${type}, not ${typeOf(result)}`);
      return [name, result] as const;
    });
    return {
      resources: this.#resources,
      outputs: Object.fromEntries(outputs),
      findings: this.#findings,
    };
  }

  #fallbackOf(parameter: BicepFile['parameters'][number]): Value {
    const { name, fallback, line } = parameter;
    // A parameter that was needed and not given is a finding already.
    if (fallback === undefined) return new RuntimeValue(name);
    const value = evaluate(fallback, this.#context);
    for (const problem of problemsOf(parameter, value)) this.#find(line, problem);
    return value;
  }

  #resource(resource: Deployable): Value {
    return this.#each(resource, (turn) => {
      const evaluated = evaluateResource(resource, turn);
      this.#resources.push(evaluated);
      const { name, symbol, type, id } = evaluated;
      return new Reference(symbol, type, id, { name });
    });
  }

  #module(module: Deployable): Value {
    return this.#each(module, (turn) => {
      const body = evaluate(module.body, turn);
      const parameters = isObject(body) ? body['params'] : undefined;
      const path = modulePath(this.#file.path, module.of);
      const deployment = evaluateTemplate(
        this.#project,
        path,
        isObject(parameters) ? parameters : {},
        turn.cloud,
      );
      this.#resources.push(...deployment.resources);
      this.#findings.push(
        ...deployment.findings.map((finding) => this.#within(module, finding, path)),
      );
      return new Reference(module.name, path, `<${module.name}.id>`, {
        outputs: this.#project.bicep.has(path)
          ? deployment.outputs
          : new RuntimeValue(`${module.name}.outputs`),
      });
    });
  }

  /** What the module was given wrongly is wrong where it is given. */
  #within({ line }: Deployable, finding: Finding, path: string): Finding {
    return finding.where === path ? { ...finding, where: `${this.#file.path}:${line}` } : finding;
  }

  /** One reference, a list of them for a loop, or a runtime value for what is not deployed. */
  #each(deployable: Deployable, make: (turn: Context) => Value): Value {
    const { loop, condition, name } = deployable;
    if (loop !== undefined) return turnsOf(loop, this.#context).map(make);
    if (condition !== undefined && !isTrue(condition, this.#context)) return new RuntimeValue(name);
    return make(this.#context);
  }

  /** Evaluates once; what fails is found once, and its value is unknown. */
  #once(name: string, make: () => Value): () => Value {
    let value: Value | undefined;
    return () => {
      try {
        value ??= make();
      } catch (error) {
        if (!(error instanceof BicepError)) throw error;
        this.#findings.push({ where: error.where, problem: error.message });
        value = new RuntimeValue(name);
      }
      return value;
    };
  }

  #find(line: number, problem: string): void {
    this.#findings.push({ where: `${this.#file.path}:${line}`, problem });
  }
}
