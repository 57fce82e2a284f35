import { z } from 'zod';
import { BadRequest } from './bad-request.ts';

/** The most requests one $batch may hold (documented). */
export const batchLimit = 20;

const itemSchema = z.object({
  id: z.string().min(1),
  method: z.string().transform((method) => method.toUpperCase()),
  /** Relative to the version, e.g. `/deviceManagement/managedDevices`. */
  url: z.string().min(1),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.unknown().optional(),
  dependsOn: z.array(z.string()).default([]),
});

const batchSchema = z.object({ requests: z.array(itemSchema).min(1) });

export type BatchItem = z.output<typeof itemSchema>;

/**
 * Parses the body of a $batch. What is wrong with any one item refuses all of them.
 *
 * @throws BadRequest in the words of Graph, as far as they are known
 */
export function parseBatch(body: unknown): BatchItem[] {
  const parsed = batchSchema.safeParse(body);
  if (!parsed.success) throw new BadRequest('Invalid batch payload format.');
  const { requests } = parsed.data;
  if (requests.length > batchLimit) {
    throw new BadRequest(`Number of batch request steps exceeds the max value of ${batchLimit}.`);
  }
  const ids = new Set<string>();
  for (const item of requests) {
    // Ids are compared without regard to case (documented).
    const id = item.id.toLowerCase();
    if (ids.has(id)) throw new BadRequest(`Request Id : ${item.id} is not unique in the batch.`);
    // An item can only wait for one before it, which also rules out circles.
    const unknown = item.dependsOn.find((other) => !ids.has(other.toLowerCase()));
    if (unknown !== undefined) {
      throw new BadRequest(
        `Request Id : ${item.id} depends on ${unknown}, which does not precede it.`,
      );
    }
    ids.add(id);
    requireContent(item);
  }
  return requests;
}

/** Also an action without parameters needs the header and an empty object (documented). */
function requireContent(item: BatchItem): void {
  const hasType = Object.keys(item.headers).some((name) => name.toLowerCase() === 'content-type');
  if (item.method !== 'GET' && (!hasType || item.body === undefined)) {
    throw new BadRequest(
      `Write request id : ${item.id} does not contain Content-Type header or body.`,
    );
  }
}
