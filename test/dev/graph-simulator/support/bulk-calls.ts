import { z } from 'zod';
import type { Answer, TestGraph } from './a-graph.ts';

export const executeActionPath = '/beta/deviceManagement/managedDevices/executeAction';

const ids = z.array(z.string());
const resultSchema = z.object({
  successfulDeviceIds: ids,
  failedDeviceIds: ids,
  notFoundDeviceIds: ids,
  notSupportedDeviceIds: ids,
});

/** Posts a body to executeAction. */
export function postAction(graph: TestGraph, body: unknown): Promise<Answer> {
  return graph.call(executeActionPath, { method: 'POST', body });
}

export function syncInBulk(graph: TestGraph, deviceIds: readonly string[]): Promise<Answer> {
  return postAction(graph, { actionName: 'syncDevice', deviceIds });
}

/** The four lists of an answer that is not wrapped. */
export function resultOf(answer: Answer) {
  return resultSchema.parse(JSON.parse(answer.text));
}
