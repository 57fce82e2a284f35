import type { TestGraph } from './a-graph.ts';

/** Calls the control endpoint; the body of the answer is parsed when it is JSON. */
export async function control(graph: TestGraph, path: string, method = 'GET', body?: string) {
  const init = body === undefined ? { method } : { method, body };
  const response = await fetch(`${graph.simulator.controlUrl}${path}`, init);
  const text = await response.text();
  const isJson = response.headers.get('content-type') === 'application/json';
  return { status: response.status, body: isJson ? (JSON.parse(text) as unknown) : text };
}
