import { type Run, isFinal } from './run.ts';
import { areDisjointById } from './scope.ts';

/**
 * Runs that must not be open at the same time: those of one action and priority. An urgent run never
 * waits for a normal one.
 */
export function laneOf({ action, priority }: Pick<Run, 'action' | 'priority'>): string {
  return `${action}-${priority}`;
}

/** Whether `open` stands in the way of `wanted`, a run of the same lane. */
export function standsInTheWay(open: Run, wanted: Run): boolean {
  if (isFinal(open)) return false;
  return !areDisjointById(open.scope, wanted.scope);
}
