import { z } from 'zod';
import { isGuid } from '../guid.ts';

const share = z.number().min(0).max(1);
/** A GUID, in lower case from here on. */
export const guid = z
  .string()
  .refine(isGuid, { message: 'a GUID is expected' })
  .transform((id) => id.toLowerCase());

/** A group of Entra ID and who is in it. Devices without an Entra registration never are. */
const groupSchema = z.strictObject({
  /** A GUID. */
  id: guid,
  /** Default: `Group` and its place in the list. */
  displayName: z.string().optional(),
  /** So many of the devices, from 0 to 1. Default 0. */
  deviceShare: share.default(0),
  /** These devices besides, by their index in the fleet. */
  deviceIndexes: z.array(z.int().min(0)).default([]),
  /** So many of the users, from 0 to 1. Default 0. */
  userShare: share.default(0),
  /** Ids of groups whose members are members of this one, too. */
  nestedGroupIds: z.array(guid).default([]),
});

/**
 * The groups of a tenant whose fleet has this many devices.
 *
 * @returns a schema that refuses an id that is there twice, an index beyond the fleet, and a
 *   nested group that is not in the list
 */
export function groupsSchema(devices: number) {
  return z
    .array(groupSchema)
    .max(1000)
    .superRefine((groups, context) => {
      const ids = groups.map(({ id }) => id);
      for (const [at, { id, deviceIndexes, nestedGroupIds }] of groups.entries()) {
        const refuse = (field: string, message: string) =>
          context.addIssue({ code: 'custom', path: [at, field], message });
        if (ids.indexOf(id) !== at) refuse('id', `${id} is there twice`);
        const beyond = deviceIndexes.find((index) => index >= devices);
        if (beyond !== undefined) refuse('deviceIndexes', `the fleet has no device ${beyond}`);
        const unknown = nestedGroupIds.find((nested) => !ids.includes(nested));
        if (unknown !== undefined) refuse('nestedGroupIds', `there is no group ${unknown}`);
      }
    });
}

/** A group as a caller describes it: only `id` is required. */
export type GroupOptions = z.input<typeof groupSchema>;

/** A group with every default filled in. */
export type GroupSettings = z.output<typeof groupSchema>;
