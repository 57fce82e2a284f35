/** What a check found: where, as `path:line`, and what is wrong there. */
export interface Finding {
  readonly where: string;
  readonly problem: string;
}

/** A place in the infrastructure that cannot be evaluated. */
export class BicepError extends Error {
  override readonly name = 'BicepError';
  readonly where: string;

  constructor(where: string, problem: string) {
    super(problem);
    this.where = where;
  }
}

/** One line for a reader. */
export function describeFinding({ where, problem }: Finding): string {
  return `${where}: ${problem}`;
}
