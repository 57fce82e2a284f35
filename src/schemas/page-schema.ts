import { z } from 'zod';

/** A page of a list, and where the next one begins; `id` names it in the OpenAPI document. */
export function pageOf<Item extends z.ZodType>(item: Item, id: string) {
  return z
    .strictObject({ value: z.array(item), continuationToken: z.string().optional() })
    .meta({ id });
}
