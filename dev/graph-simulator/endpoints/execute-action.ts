import { actionNameOf, countDevices, parseDeviceIds } from '../bulk/bulk-body.ts';
import { syncInBulk, type BulkResult } from '../bulk/sync-in-bulk.ts';
import type { Endpoint, EndpointRequest } from '../graph/endpoint.ts';
import { intuneError } from '../graph/errors.ts';
import { deviceActionRoles } from '../graph/roles.ts';
import type { Simulation } from '../simulation.ts';

const resultType = 'microsoft.graph.bulkManagedDeviceActionResult';

/**
 * POST managedDevices/executeAction (beta): syncs up to 100 devices and tells what became of each.
 * The same call can wipe devices, so any other action is refused with 403, and counted.
 */
export const executeAction: Endpoint = {
  method: 'POST',
  versions: ['beta'],
  path: 'deviceManagement/managedDevices/executeAction',
  roles: deviceActionRoles,
  kind: 'deviceAction',
  writes: ({ body }, { bulk }) => (bulk.weight === 'perDevice' ? countDevices(body) : bulk.weight),
  isAvailable: ({ faults }) => !faults.bulkUnavailable,
  handle(request, simulation) {
    const { statistics, faults } = simulation;
    const actionName = actionNameOf(request.body);
    if (actionName !== undefined && actionName !== 'syncDevice') {
      statistics.count('refusedActions');
      const text = `actionName: only syncDevice can be sent here, and '${actionName}' was not`;
      return intuneError(403, 'Forbidden', text, request);
    }
    const ids = parseDeviceIds(request.body);
    statistics.count('bulkRequests');
    statistics.count('bulkDevices', ids.length);
    const at = request.trace.answersAt + faults.bulkLatencyMs;
    const body = toBody(syncInBulk(simulation, ids, at), request, simulation);
    return { status: 200, headers: {}, body, delayMs: faults.bulkLatencyMs };
  },
};

/** OData would have the result at the top; the documented sample has it inside `value`. */
function toBody(result: BulkResult, { version }: EndpointRequest, simulation: Simulation) {
  if (simulation.bulk.wrapped) return { value: { '@odata.type': resultType, ...result } };
  return { '@odata.context': `${simulation.origin}/${version}/$metadata#${resultType}`, ...result };
}
