import type { HttpRequest } from '@azure/functions';
import { isRunId } from '../../core/run-id.ts';
import { HttpProblem } from './problem.ts';

/** The run id in the route. What has not the form of one is never looked up. @throws HttpProblem 404 */
export function runIdOf(request: Pick<HttpRequest, 'params'>): string {
  const id = request.params['id'] ?? '';
  if (isRunId(id)) return id;
  throw noSuchRun();
}

/** The same for an unknown id and for a malformed one. */
export function noSuchRun(): HttpProblem {
  return new HttpProblem(404, 'There is no run with this id.');
}
