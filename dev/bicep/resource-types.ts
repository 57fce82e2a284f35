import { z } from 'zod';

const typeSchema = z.union([
  z.enum(['string', 'int', 'bool', 'any']),
  z.object({ const: z.string() }),
  z.object({ ref: z.string() }),
  z.object({
    get array() {
      return typeSchema;
    },
  }),
  z.object({
    get anyOf() {
      return z.array(typeSchema);
    },
  }),
]);

const definitionSchema = z.object({
  props: z.record(
    z.string(),
    z.object({ t: typeSchema, req: z.number().optional(), ro: z.number().optional() }),
  ),
  /** The type of properties that are not named. */
  extra: typeSchema.optional(),
  /** The property by whose value one of the cases applies. */
  disc: z.string().optional(),
  cases: z.record(z.string(), typeSchema).optional(),
});

const resourceTypeSchema = z.object({
  type: z.string(),
  apiVersion: z.string(),
  body: typeSchema,
  defs: z.record(z.string(), definitionSchema),
});

export type PropertyType = z.infer<typeof typeSchema>;
export type Definition = z.infer<typeof definitionSchema>;

/** What a resource of one type and API version may have. */
export type ResourceType = z.infer<typeof resourceTypeSchema>;

/**
 * Reads the description of a resource type.
 *
 * @throws ZodError when it is none
 */
export function parseResourceType(data: unknown): ResourceType {
  return resourceTypeSchema.parse(data);
}
