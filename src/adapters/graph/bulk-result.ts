import { z } from 'zod';
import type { Answer } from '../../core/answer.ts';

const ids = z.array(z.string()).nullish();

/** Graph's bulkManagedDeviceActionResult; a list that is missing is empty. */
const resultSchema = z.object({
  successfulDeviceIds: ids,
  failedDeviceIds: ids,
  notFoundDeviceIds: ids,
  notSupportedDeviceIds: ids,
});

/** At the top, as OData has complex types, or inside `value`, as the documented sample does. */
const bodySchema = z.union([
  z.object({ value: resultSchema }).transform(({ value }) => value),
  resultSchema,
]);

/**
 * What a bulk call did with each device, in the order of `deviceIds`. Graph gives no reasons, so
 * what it calls failed is as unclear as what it does not mention: `undefined`. An id that is in two
 * lists counts by the worse.
 *
 * @param requestId of the call, for each answer
 */
export function fromBulkResult(
  body: unknown,
  deviceIds: readonly string[],
  requestId: string | undefined,
): (Answer | undefined)[] {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) return deviceIds.map(() => undefined);
  const { successfulDeviceIds, failedDeviceIds, notFoundDeviceIds, notSupportedDeviceIds } =
    parsed.data;
  const trace = requestId === undefined ? {} : { requestId };
  const answers = new Map<string, Answer | undefined>();
  const note = (list: readonly string[] | null | undefined, answer: Answer | undefined) => {
    for (const id of list ?? []) answers.set(id.toLowerCase(), answer);
  };
  // The later ones win.
  note(successfulDeviceIds, { status: 204, ...trace });
  note(notSupportedDeviceIds, { status: 400, code: 'notSupported', ...trace });
  note(notFoundDeviceIds, { status: 404, code: 'notFound', ...trace });
  note(failedDeviceIds, undefined);
  return deviceIds.map((id) => answers.get(id.toLowerCase()));
}
