import { z } from 'zod';
import type { Answer, TestGraph } from './a-graph.ts';

export const devicesPath = '/v1.0/deviceManagement/managedDevices';

const pageSchema = z.object({
  '@odata.nextLink': z.string().optional(),
  value: z.array(z.record(z.string(), z.unknown())),
});
const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
const itemSchema = z.object({
  id: z.string(),
  status: z.number(),
  headers: z.record(z.string(), z.string()),
  body: z.unknown(),
});
const batchSchema = z.object({ responses: z.array(itemSchema) });

export type Device = Record<string, unknown>;
export type ItemAnswer = z.output<typeof itemSchema>;

/** The devices and the link of a list page. */
export function pageOf(answer: Answer) {
  const page = pageSchema.parse(JSON.parse(answer.text));
  return { devices: page.value, next: page['@odata.nextLink'] };
}

/** Status, code and message of an error. */
export function errorOf(answer: Answer) {
  return { status: answer.status, ...errorSchema.parse(JSON.parse(answer.text)).error };
}

/** Lists with a query, e.g. `$top=10`, and follows the links to the end. */
export async function listPages(graph: TestGraph, query = ''): Promise<Device[][]> {
  const pages: Device[][] = [];
  let next: string | undefined = `${devicesPath}?${query}`;
  while (next !== undefined) {
    const page = pageOf(await graph.call(next));
    pages.push(page.devices);
    next = page.next;
  }
  return pages;
}

export async function listDevices(graph: TestGraph, query = ''): Promise<Device[]> {
  return (await listPages(graph, query)).flat();
}

export async function listIds(graph: TestGraph, query = ''): Promise<string[]> {
  return (await listDevices(graph, `$select=id&${query}`)).map(({ id }) => String(id));
}

export function syncDevice(graph: TestGraph, id: string, token?: string): Promise<Answer> {
  const path = `${devicesPath}/${id}/syncDevice`;
  return graph.call(path, { method: 'POST', ...(token !== undefined && { token }) });
}

/** A batch item that syncs a device. */
export function syncItem(id: string, deviceId: string) {
  const url = `/deviceManagement/managedDevices/${deviceId}/syncDevice`;
  return { id, method: 'POST', url, headers: { 'Content-Type': 'application/json' }, body: {} };
}

export function postBatch(graph: TestGraph, requests: unknown): Promise<Answer> {
  return graph.call('/v1.0/$batch', { method: 'POST', body: { requests } });
}

/** The answers of a batch, in the order of their ids. */
export function itemsOf(answer: Answer): ItemAnswer[] {
  const { responses } = batchSchema.parse(JSON.parse(answer.text));
  return responses.toSorted((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
}
