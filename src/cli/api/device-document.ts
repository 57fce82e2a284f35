import { z } from 'zod';

const deviceSchema = z.looseObject({
  deviceId: z.string(),
  deviceName: z.string().nullish(),
  platform: z.string().nullish(),
  outcome: z.string(),
  reason: z.string().nullish(),
  code: z.string().nullish(),
  message: z.string().nullish(),
});

/** A device and what became of it in a run. */
export type Device = z.infer<typeof deviceSchema>;

/** A page of a run's devices. */
export const devicePageSchema = z.looseObject({
  value: z.array(deviceSchema),
  continuationToken: z.string().nullish(),
});

const silentDeviceSchema = z.looseObject({
  deviceId: z.string(),
  deviceName: z.string().nullish(),
  platform: z.string().nullish(),
  ownership: z.string().nullish(),
  /** ISO 8601 in UTC. */
  lastCheckInAt: z.string().nullish(),
});

/** A device that stayed silent in the last runs. */
export type SilentDevice = z.infer<typeof silentDeviceSchema>;

/** A page of silent devices. */
export const silentDevicePageSchema = z.looseObject({
  value: z.array(silentDeviceSchema),
  continuationToken: z.string().nullish(),
});
